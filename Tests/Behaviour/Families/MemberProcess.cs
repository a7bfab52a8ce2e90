using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Families;

/// <summary>A member of a family.</summary>
/// <param name="stage">Where it says how far it is.</param>
[Process("behaviour/member")]
public sealed class MemberProcess(Stage stage) : Process<MemberInput, MemberOutput>
{
    /// <summary>The contract.</summary>
    public static readonly ProcessType<MemberInput, MemberOutput> Type = new("behaviour/member");

    private static readonly ProcessType<MemberInput, MemberOutput> Unknown = new("behaviour/nobody-knows-it");

    private MemberKind Does => Input.Levels[0];

    /// <inheritdoc/>
    protected override Task<StepResult> RunAsync(StepContext step)
    {
        stage.Reach(step.ProcessId, "started");
        return Task.FromResult(Does switch
        {
            MemberKind.Parent => StartFamily(),
            MemberKind.GatedParent => Next(Gated),
            MemberKind.Runs => Next(Listening),
            MemberKind.Waits => WaitFor<string>("go", Got),
            MemberKind.Deaf => Next(Deaf),
            _ => Next(Spinning),
        });
    }

    private async Task<StepResult> Gated(StepContext step)
    {
        stage.Reach(step.ProcessId, "entered");
        await stage.ReachedAsync(step.ProcessId, "go");
        return StartFamily();
    }

    private async Task<StepResult> Listening(StepContext step)
    {
        stage.Reach(step.ProcessId, "entered");
        await stage.ReachedAsync(step.ProcessId, "go", step.CancellationToken);
        return Next(End);
    }

    private async Task<StepResult> Deaf(StepContext step)
    {
        stage.Reach(step.ProcessId, "entered");
        await stage.ReachedAsync(step.ProcessId, "go");
        return Next(End);
    }

    private Task<StepResult> Spinning(StepContext step)
    {
        stage.Reach(step.ProcessId, "entered");
        SpinWait.SpinUntil(() => stage.IsReached(step.ProcessId, "go"), TimeSpan.FromSeconds(30));
        stage.Reach(step.ProcessId, "returned");
        return Task.FromResult(Next(End));
    }

    private Task<StepResult> Got(StepContext step, string value) => End(step);

    private Task<StepResult> Together(StepContext step, IReadOnlyList<ChildResult<MemberOutput>> children) => End(step);

    private Task<StepResult> End(StepContext step) => Task.FromResult(Finish(new MemberOutput(Does)));

    private StepResult StartFamily()
    {
        var rest = Input with { Levels = [.. Input.Levels.Skip(1)] };
        var type = rest.Levels[0] == MemberKind.NeverStarts ? Unknown : Type;
        return StartChildren(Enumerable.Range(0, Input.Children).Select(_ => type.Child(rest)), Together);
    }
}
