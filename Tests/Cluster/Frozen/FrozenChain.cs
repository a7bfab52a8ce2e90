namespace Orleans.Workflows.Cluster.Frozen;

/// <summary>An outline that loops twice, and then waits for the signal or for its children inside a branch.</summary>
[Process("frozen/chain")]
public sealed class FrozenChain : WorkChain<FrozenInput, FrozenOutput, FrozenChain.Progress>
{
    public sealed class Progress
    {
        public int Rounds { get; set; }

        public List<string> Heard { get; set; } = [];
    }

    protected override void Define(OutlineBuilder outline) => outline
        .While(MoreRounds, body => body.Step(Round))
        .If(HasNoChildren, then => then.WaitFor<string>("go", Hear))
        .Children(Start, Join)
        .Step(Last);

    protected override FrozenOutput CreateOutput() =>
        new($"{Context.Rounds} rounds, {string.Join(", ", Context.Heard)}");

    private bool MoreRounds() => Context.Rounds < 2;

    private bool HasNoChildren() => Input.Children is null;

    private Task Round(StepContext step)
    {
        Context.Rounds++;
        return Task.CompletedTask;
    }

    private Task Hear(StepContext step, string text)
    {
        Context.Heard.Add(text);
        return Task.CompletedTask;
    }

    private IEnumerable<ChildStart<FrozenOutput>> Start() =>
        (Input.Children ?? []).Select(c => FrozenTypes.Machine.Child(new FrozenInput(c.Kind), ProcessId.Parse(c.Id)));

    private Task Join(StepContext step, IReadOnlyList<ChildResult<FrozenOutput>> children)
    {
        Context.Heard.AddRange(children.Select(static c => c.IsSuccess ? c.Output.Text : "failed"));
        return Task.CompletedTask;
    }

    private Task Last(StepContext step)
    {
        step.SetStatus("the last step");
        return Task.CompletedTask;
    }
}
