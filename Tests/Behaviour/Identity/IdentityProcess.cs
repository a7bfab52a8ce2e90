using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Identity;

/// <summary>Has code that it calls say for which process it works.</summary>
/// <param name="stage">A barrier between its awaits.</param>
[Process("behaviour/identity")]
public sealed class IdentityProcess(Stage stage) : WorkChain<IdentityInput, IdentityOutput, IdentityProcess.Progress>
{
    /// <summary>The contract.</summary>
    public static readonly ProcessType<IdentityInput, IdentityOutput> Type = new("behaviour/identity");

    /// <summary>What is seen.</summary>
    public sealed class Progress
    {
        /// <summary>The identities, in order.</summary>
        public List<ProcessIdentity?> Seen { get; set; } = [];

        /// <summary>The child.</summary>
        public ChildResult<IdentityOutput>? Child { get; set; }
    }

    /// <inheritdoc/>
    protected override void Define(OutlineBuilder outline) => outline
        .Step(Awaiting)
        .Step(Computing)
        .If(HasChild, then => then.Step(StartChild).Step(TakeChild));

    /// <inheritdoc/>
    protected override IdentityOutput CreateOutput() => new(Context.Seen);

    private static async Task<ProcessIdentity?> CalledAsync()
    {
        await Task.Yield();
        return CurrentProcess.Identity;
    }

    private bool HasChild() => Input.HasChild;

    private async Task Awaiting(StepContext step)
    {
        Context.Seen.Add(CurrentProcess.Identity);
        stage.Reach(step.ProcessId, "entered");
        await stage.ReachedAsync(step.ProcessId, "go", step.CancellationToken);
        Context.Seen.Add(await CalledAsync());
        Context.Seen.Add(await Task.Run(CalledAsync));
        stage.Note(step.ProcessId, $"{step.Parent} {step.Root} {step.RunId}");
    }

    [CpuBound]
    private async Task Computing(StepContext step)
    {
        Context.Seen.Add(CurrentProcess.Identity);
        Context.Seen.Add(await CalledAsync());
    }

    private Task StartChild(StepContext step)
    {
        ToContext(c => c.Child, Type.Child(new IdentityInput()));
        return Task.CompletedTask;
    }

    private Task TakeChild(StepContext step)
    {
        Context.Seen.AddRange(Context.Child!.Output!.Seen);
        return Task.CompletedTask;
    }
}
