using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Definitions;
using Orleans.Workflows.Grains.Engine;

namespace Orleans.Workflows.Grains.Running;

/// <summary>
/// Finds what comes next when a step has run: what it said, the children that it awaits, or what the outline says.
/// </summary>
internal static class NextSteps
{
    /// <summary>Finds what comes next.</summary>
    /// <param name="definition">The process's definition.</param>
    /// <param name="step">The step.</param>
    /// <param name="process">The instance that it ran on.</param>
    /// <param name="work">What it gathered.</param>
    /// <param name="said">What it said; null for nothing.</param>
    /// <exception cref="InvalidOperationException">The step says what cannot be.</exception>
    public static Directive Find(
        ProcessDefinition definition,
        StepNode step,
        Process process,
        StepWork work,
        Directive? said)
    {
        process.ForgetInput();
        if (work.Awaited.Count > 0)
        {
            return said is null
                ? ToAwait(step, work)
                : throw new InvalidOperationException(
                    $"The step '{step.Position}' starts children for the context and also says what comes next. Do the "
                    + "one in a step of its own.");
        }

        var next = said
            ?? (
                step.Instruction is null
                    ? throw new InvalidOperationException(
                        $"What comes behind the step '{step.Position}' is for itself to say: skip it with the step to "
                        + "go on at.")
                    : ProcessDefinition.After(process, step));
        var found = next switch
        {
            Directive.End end => work.Outputs.Complete(Declared(definition, end)),
            Directive.Next { Position: var id }
                when said is not null && definition.Elements.TryGetValue(id, out var element) => element.Enter(
                process),
            Directive.Next { Position: var id } go
                when step.Instruction is not null && !definition.Steps.ContainsKey(id) => go with
                {
                    Position = definition.PositionOf(id)
                    ?? throw new InvalidOperationException($"The outline has no step '{id}' to go on at."),
                },
            _ => next,
        };
        return Checked(found, step);
    }

    private static Directive.AwaitChildren ToAwait(StepNode step, StepWork work) =>
        ChildRequests.ToAwait(
            [.. work.Awaited.Select(static child => child.Request)],
            [.. work.Awaited.Index().Where(static child => child.Item.MustSucceed).Select(static child => child.Index)],
            StepNode.ResultsOf(step.Position)) with
        {
            MaxConcurrency = work.MaxConcurrency,
            Args = ContextResults.Write(work.Awaited.Select(static child => child.Place)),
        };

    /// <summary>
    /// Less than zero is what is left of a time that is over; infinite is how .NET says 'for ever', and would be over
    /// at once.
    /// </summary>
    private static Directive Checked(Directive found, StepNode step)
    {
        var time = found switch
        {
            Directive.AwaitTime wait => wait.Delay,
            Directive.AwaitSignal wait => wait.Timeout,
            _ => null,
        };
        if (time == Timeout.InfiniteTimeSpan)
        {
            throw new InvalidOperationException(
                $"The time of the wait behind the step '{step.Position}' is infinite: "
                + "to wait for ever, wait for a signal without a timeout.");
        }

        if (found is Directive.AwaitSignal { Name: var name })
        {
            RequestChecks.CheckSignalName(name);
        }

        return found;
    }

    private static Directive.End Declared(ProcessDefinition definition, Directive.End end) =>
        end.Label is null
        || (definition.ExitCodes.TryGetValue(end.Label, out var declared) && declared.Status == end.ExitCode)
            ? end
            : throw new InvalidOperationException(
                $"The exit code {end.Label} is not one that {definition.Class.Name} declares: make it a public static "
                + "readonly field of the class, or name its class by [ExitCodes(…)].");
}
