namespace Orleans.Workflows.Shared.Processes;

/// <summary>Takes as many signals 'item' as its input says, one after the other.</summary>
[Process("test/collect")]
public sealed class Collector : WorkChain<HelloInput, HelloOutput, Collector.Progress>
{
    public sealed class Progress
    {
        public List<int> Items { get; set; } = [];
    }

    protected override void Define(OutlineBuilder outline) =>
        outline.While(More, body => body.WaitFor<int>("item", Took));

    protected override HelloOutput CreateOutput() => new(string.Join(",", Context.Items));

    private bool More() => Context.Items.Count < Input.Steps;

    private Task Took(StepContext step, int item)
    {
        Context.Items.Add(item);
        return Task.CompletedTask;
    }
}
