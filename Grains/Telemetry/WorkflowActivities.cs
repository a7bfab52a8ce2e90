using System.Diagnostics;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Engine;

namespace Orleans.Workflows.Grains.Telemetry;

/// <summary>
/// The spans of the activity source 'Orleans.Workflows'. A start belongs to the trace of whoever starts; each attempt
/// of a step is a trace of its own with a link to the start, since a process that lives for months must not be one
/// trace. While nobody listens, nothing is made.
/// </summary>
internal static class WorkflowActivities
{
    /// <summary>The name of the span of a start.</summary>
    public const string StartName = "orleans.workflows.start";

    /// <summary>The name of the span of an attempt of a step.</summary>
    public const string StepName = "orleans.workflows.step";

    private static readonly ActivitySource Source = new(WorkflowInstruments.Name);

    /// <summary>Begins the span of a start.</summary>
    /// <returns>The span; null while nobody listens.</returns>
    public static Activity? Start(ProcessId id, StartRequest request)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        ActivityContext.TryParse(request.TraceParent, traceState: null, isRemote: true, out var caller);
        var span = Begin(StartName, ActivityKind.Server, caller, links: null);
        span?.SetTag("orleans.workflows.process.id", id.Value).SetTag("orleans.workflows.process.type", request.Type);
        return span;
    }

    /// <summary>Begins the span of an attempt of a step, which is what the step's own spans are in.</summary>
    /// <returns>The span; null while nobody listens.</returns>
    public static Activity? Step(EngineState state)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        var (row, checkpoint) = (state.Row, state.Checkpoint);
        ActivityLink[]? links = ActivityContext.TryParse(
            checkpoint.Trace,
            traceState: null,
            isRemote: true,
            out var start)
            ? [new ActivityLink(start)]
            : null;
        var span = Begin(StepName, ActivityKind.Internal, default, links);
        return span?
            .SetTag("orleans.workflows.process.id", row.Id.Value)
            .SetTag("orleans.workflows.process.type", row.Type)
            .SetTag("orleans.workflows.step.position", checkpoint.Position)
            .SetTag("orleans.workflows.step.number", checkpoint.Step)
            .SetTag("orleans.workflows.step.attempt", checkpoint.Attempt);
    }

    /// <summary>Ends a span.</summary>
    /// <param name="span">The span; null for none.</param>
    /// <param name="outcome">What came of it.</param>
    /// <param name="failure">What went wrong; null for nothing.</param>
    public static void End(Activity? span, string outcome, string? failure)
    {
        if (span is not null)
        {
            span.SetTag("orleans.workflows.outcome", outcome);
            span.SetStatus(failure is null ? ActivityStatusCode.Unset : ActivityStatusCode.Error, failure);
            span.Dispose();
        }
    }

    private static Activity? Begin(
        string name,
        ActivityKind kind,
        ActivityContext parent,
        IEnumerable<ActivityLink>? links)
    {
        // Without a parent of its own, a span would become the child of whatever is current.
        Activity.Current = null;
        return Source.StartActivity(name, kind, parent, tags: null, links);
    }
}
