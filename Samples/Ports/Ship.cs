using Orleans.Workflows;

namespace Samples.Ports;

/// <summary>The child.</summary>
[Process("ports/ship")]
public sealed class Ship : Process<ShipInput, ShipOutput>
{
    protected override Task<StepResult> RunAsync(StepContext step) =>
        Task.FromResult(Finish(new ShipOutput($"{Input.Address.Country}-{Input.Label}", CounterReading: 4_711)));
}
