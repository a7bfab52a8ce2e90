using Orleans.Workflows.CrashHost.Processes;

namespace Orleans.Workflows.CrashHost.Storm.Processes;

/// <summary>
/// A process that starts children of its own type, as deep as its input says, and adds up what they return.
/// </summary>
[Process("storm/family")]
public sealed class Family(Ledger ledger) : Process<FamilyInput, FamilyOutput>
{
    protected override async Task<StepResult> RunAsync(StepContext step)
    {
        await ledger.BeginAsync(step);
        if (Input.Depth == 0)
        {
            await Task.Delay(
                TimeSpan.FromMilliseconds(Input.LeafMilliseconds),
                step.TimeProvider,
                step.CancellationToken);
        }

        await ledger.EndAsync(step);
        return Input.Depth == 0
            ? Finish(new FamilyOutput(Input.Seed))
            : StartChildren(
                Enumerable.Range(0, Input.Width).Select(index => StormTypes.Family.Child(Input.Child(index))),
                Gather);
    }

    private async Task<StepResult> Gather(StepContext step, IReadOnlyList<ChildResult<FamilyOutput>> children)
    {
        await ledger.BeginAsync(step);
        var sum = children.Sum(static child => child.Output.Sum) + Input.Seed;
        await ledger.EndAsync(step);
        return Finish(new FamilyOutput(sum));
    }
}
