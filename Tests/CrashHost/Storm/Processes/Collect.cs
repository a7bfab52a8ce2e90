using Orleans.Workflows.CrashHost.Processes;

namespace Orleans.Workflows.CrashHost.Storm.Processes;

/// <summary>Collects signals in a loop, one step each, and gives them back in the order in which they came.</summary>
[Process("storm/collect")]
public sealed class Collect(Ledger ledger) : WorkChain<CollectInput, CollectOutput, Collect.Progress>
{
    /// <summary>The name of its signal.</summary>
    public const string Signal = "item";

    public sealed class Progress
    {
        public List<string> Items { get; set; } = [];
    }

    protected override void Define(OutlineBuilder outline) => outline
        .Step(Open)
        .While(More, body => body.WaitFor<string>(Signal, Take));

    protected override CollectOutput CreateOutput() => new(Context.Items);

    private bool More() => Context.Items.Count < Input.Items;

    private async Task Open(StepContext step)
    {
        await ledger.BeginAsync(step);
        await ledger.EndAsync(step);
    }

    private async Task Take(StepContext step, string item)
    {
        await ledger.BeginAsync(step);
        Context.Items.Add(item);
        await ledger.EndAsync(step);
    }
}
