using System.Text.Json;

namespace Orleans.Workflows.Cluster.Limits;

/// <summary>Passes a value on as an argument to a step that waits for a signal.</summary>
[Process("test/limit-machine")]
public sealed class LimitMachine : Process<LimitInput, LimitOutput>
{
    public static ProcessType<LimitInput, LimitOutput> Type { get; } = new("test/limit-machine");

    protected override Task<StepResult> RunAsync(StepContext step) =>
        Task.FromResult(
            Next(Take, new LimitOutput(LimitChain.Value(Input.Depth, Input.Bytes, """{"value":}""".Length))));

    private Task<StepResult> Take(StepContext step, LimitOutput argument) =>
        Task.FromResult(WaitFor<JsonElement>("go", End));

    private Task<StepResult> End(StepContext step, JsonElement signal) => Task.FromResult(Finish());
}
