using Orleans.Workflows.Shared.Processes;
using Orleans.Workflows.Testing;

namespace Orleans.Workflows.Cluster.Sweeps;

/// <summary>
/// Steps, a loop, a step during which a signal comes, a wait with a timeout, and a step whose first attempt fails. Each
/// writes down what it does.
/// </summary>
[Process("sweep/errand")]
public sealed class Errand(EffectLedger effects, ProbeRecorder gates)
    : WorkChain<ErrandInput, ErrandOutput, Errand.Progress>
{
    public static readonly ProcessType<ErrandInput, ErrandOutput> Type = new("sweep/errand");

    public sealed class Progress
    {
        public int Packed { get; set; }

        public string Address { get; set; } = "nowhere";

        public string Carrier { get; set; } = "nobody";
    }

    protected override void Define(OutlineBuilder outline) => outline
        .Step(Order)
        .While(More, body => body.Step(Pack))
        .If(IsBusy, then => then.Step(Busy))
        .If(Asks, then => then.WaitFor<string>("address", Addressed, timeout: TimeSpan.FromDays(2), Unaddressed))
        .Step(Deliver, retry: RetryPolicy.Fixed(3, TimeSpan.FromHours(1)));

    protected override ErrandOutput CreateOutput() =>
        new($"{Context.Packed} to {Context.Address} by {Context.Carrier}");

    private bool More() => Context.Packed < Input.Parcels;

    private bool IsBusy() => Input.Busy;

    private bool Asks() => Input.Asks;

    private Task Order(StepContext step) => Do(step, "order");

    private Task Pack(StepContext step)
    {
        Context.Packed++;
        return Do(step, $"pack {Context.Packed}");
    }

    private async Task Busy(StepContext step)
    {
        await gates.GateAsync(step.ProcessId).WaitAsync(step.CancellationToken);
        await Do(step, "busy");
    }

    private Task Addressed(StepContext step, string address)
    {
        Context.Address = address;
        return Do(step, $"address {address}");
    }

    private Task Unaddressed(StepContext step) => Do(step, "no address");

    private async Task Deliver(StepContext step)
    {
        if (Input.Fails && step.Attempt == 1)
        {
            throw new InvalidOperationException("nobody opens");
        }

        Context.Carrier = "us";
        await Do(step, "deliver");
    }

    private async Task Do(StepContext step, string what)
    {
        effects.Record(what, step.IdempotencyKey);
        await Task.Yield();
    }
}
