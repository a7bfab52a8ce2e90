namespace Orleans.Workflows.Cluster.Limits;

/// <summary>Waits for a signal that may be empty, then for one whose step needs a payload.</summary>
[Process("test/needy")]
public sealed class NeedyChain : WorkChain<TimeInput, NeedyChain.Out, NeedyChain.Taken>
{
    public static ProcessType<TimeInput, Out> Type { get; } = new("test/needy");

    protected override void Define(OutlineBuilder outline) =>
        outline.WaitFor<string?>("note", Note).WaitFor<string>("go", Go);

    protected override Out CreateOutput() => new(Context.Note, Context.Text);

    private Task Note(StepContext step, string? note) => Task.FromResult(Context.Note = note ?? "none");

    private Task Go(StepContext step, string text) => Task.FromResult(Context.Text = text.ToUpperInvariant());

    public sealed record Out(string? Note, string? Text);

    public sealed record Taken
    {
        public string? Note { get; set; }

        public string? Text { get; set; }
    }
}
