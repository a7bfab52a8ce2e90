namespace Orleans.Workflows.Cluster.Limits;

/// <summary>Waits for a signal whose step needs a payload, as a step machine.</summary>
[Process("test/needy-machine")]
public sealed class NeedyMachine : Process<TimeInput, NeedyChain.Out>
{
    public static ProcessType<TimeInput, NeedyChain.Out> Type { get; } = new("test/needy-machine");

    protected override Task<StepResult> RunAsync(StepContext step) =>
        Task.FromResult(WaitFor<string>("go", Go));

    private Task<StepResult> Go(StepContext step, string text) =>
        Task.FromResult(Finish(new NeedyChain.Out(Note: null, text.ToUpperInvariant())));
}
