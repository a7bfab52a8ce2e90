using Microsoft.Extensions.Options;
using Orleans.Workflows.Grains.Clock;
using Orleans.Workflows.Grains.Engine;
using Orleans.Workflows.Grains.Telemetry;
using Orleans.Workflows.Grains.Values;

namespace Orleans.Workflows.Grains.Running;

/// <summary>Runs one attempt of a step, and makes an event of however it ends.</summary>
internal sealed class AttemptRunner(
    StepRunner runner,
    ComputeThreads compute,
    PauseGate gate,
    ProcessLog log,
    WorkflowInstruments instruments,
    EngineClock clock,
    IOptions<WorkflowOptions> options)
{
    /// <summary>The largest number of children that one commit inserts.</summary>
    private const int ChildrenPerCommit = 100;

    /// <summary>Makes an attempt, which is not begun.</summary>
    public StepAttempt Make() => new(clock.Time, options.Value.GracePeriod);

    /// <summary>Runs an attempt.</summary>
    /// <param name="what">The attempt.</param>
    /// <param name="admitted">Completes when it may begin, unless it was told to stop before.</param>
    /// <param name="timedOut">Tells it to stop because it has taken too long.</param>
    /// <param name="store">Stores a slice of its children.</param>
    public async Task<ProcessEvent> RunAsync(
        StepToRun what,
        Func<Task> admitted,
        Action timedOut,
        Func<Directive.AwaitChildren, IReadOnlyList<ChildRequest>, Task> store)
    {
        var context = runner.ContextOf(what.Definition, what.State, what.Attempt);
        try
        {
            await gate.WaitAsync(what.Attempt.Token);
            await admitted();
            var began = instruments.Begin();
            var span = WorkflowActivities.Step(what.State);
            var happened = await RunToEndAsync(what, context, timedOut, store);
            var (outcome, failure) = happened switch
            {
                ProcessEvent.StepReturned => ("completed", null),
                ProcessEvent.StepFailed failed => ("failed", failed.Failure.Message),
                ProcessEvent.Faulted faulted => ("incident", faulted.Text),
                _ => ("stopped", (string?)null),
            };
            instruments.StepEnded(began, what.Definition.Name, outcome);
            WorkflowActivities.End(span, outcome, failure);
            return happened;
        }
        catch (OperationCanceledException) when (what.Attempt.Reason is StopReason.Shutdown or StopReason.Kill)
        {
            return new ProcessEvent.StepReleased { Reports = context.Reports };
        }
        catch (Exception e)
        {
            return Failed(what, e) with { Reports = context.Reports };
        }
    }

    private async Task<ProcessEvent> RunToEndAsync(
        StepToRun what,
        StepContext context,
        Action timedOut,
        Func<Directive.AwaitChildren, IReadOnlyList<ChildRequest>, Task> store)
    {
        try
        {
            var returned = what.Step.IsCpuBound
                ? await compute.RunAsync(RunAsync, what.Attempt.Token)
                : await RunAsync();
            return returned.Directive is Directive.AwaitChildren { Children.Count: > ChildrenPerCommit } many
                ? returned with { Directive = await SliceAsync(many, store) }
                : returned;
        }
        catch (Exception e) when (e is UnreadablePayloadException || e.Data.Contains(UnreadablePayloadException.Mark))
        {
            return new ProcessEvent.Faulted(
                IncidentCode.PayloadUnreadable,
                e.Message,
                (e as UnreadablePayloadException)?.Remedy ?? UnreadablePayloadException.RemedyOfStep)
            {
                Failure = FailureInfo.From(e),
            };
        }
        catch (RequiredChildException e)
        {
            // It will not succeed the next time either. What the step's own code throws is retried, whatever its type.
            return Failed(what, e.Failure, retry: null);
        }
        catch (OperationCanceledException) when (what.Attempt.Reason is StopReason.Shutdown or StopReason.Kill)
        {
            // Stopped as told. The next host takes it from here, or the kill that waits in the inbox.
            return new ProcessEvent.StepReleased { Reports = context.Reports };
        }
        catch (OperationCanceledException e) when (what.Attempt.Reason == StopReason.Timeout)
        {
            return Failed(what, new TimeoutException($"The step took longer than {what.Timeout}.", e)) with
            {
                Reports = context.Reports,
            };
        }
        catch (Exception e)
        {
            // The boundary of the step: whatever its code throws becomes state.
            return Failed(what, e) with { Reports = context.Reports };
        }

        Task<ProcessEvent.StepReturned> RunAsync()
        {
            // From here on: the queue for a thread of CPU-bound steps does not count.
            if (what.Timeout is { } timeout)
            {
                what.Attempt.LimitTo(timeout, timedOut);
            }

            return runner.RunAsync(what.Definition, what.Step, what.State, what.Attempt, context);
        }
    }

    /// <summary>Stores all children but the last slice, which goes with the end of the step.</summary>
    private static async Task<Directive> SliceAsync(
        Directive.AwaitChildren many, Func<Directive.AwaitChildren, IReadOnlyList<ChildRequest>, Task> store)
    {
        var slices = many.Children.Chunk(ChildrenPerCommit).ToList();
        foreach (var slice in slices.SkipLast(1))
        {
            await store(many, slice);
        }

        return many with { Children = slices[^1] };
    }

    private ProcessEvent.StepFailed Failed(StepToRun what, Exception exception) =>
        Failed(what, exception, (what.Step.Retry ?? what.Definition.Retry).RuleFor(exception));

    private ProcessEvent.StepFailed Failed(StepToRun what, Exception exception, RetryRule? retry)
    {
        if (!what.Attempt.IsDropped)
        {
            log.AttemptFailed(what.State, exception, retry?.DelayAfter(what.State.Checkpoint.Failures + 1));
        }

        return new ProcessEvent.StepFailed(FailureInfo.From(exception), retry, what.Definition.FailureIsIncident);
    }
}
