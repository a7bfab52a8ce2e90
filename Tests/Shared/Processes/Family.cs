namespace Orleans.Workflows.Shared.Processes;

/// <summary>Starts children in parallel, which may have children themselves, and sums what they return.</summary>
[Process("test/family")]
public sealed class Family : WorkChain<FamilyInput, FamilyOutput, Family.Progress>
{
    public sealed class Progress
    {
        public int Sum { get; set; }

        public int Failed { get; set; }
    }

    protected override void Define(OutlineBuilder outline) => outline
        .If(HasChildren, then => then.Children(Start, Sum))
        .Step(Check);

    protected override FamilyOutput CreateOutput() => new(Context.Sum + 1, Context.Failed);

    private bool HasChildren() => Input.Depth > 0;

    private IEnumerable<ChildStart<FamilyOutput>> Start() => Enumerable.Range(0, Input.Children).Select(index =>
        Types.Family.Child(
            new FamilyInput(index == Input.FailIndex ? -1 : Input.Children, Depth: Input.Depth - 1),
            Input.ChildId is null ? null : ProcessId.Parse($"{Input.ChildId}{index}")));

    private Task Sum(StepContext step, IReadOnlyList<ChildResult<FamilyOutput>> children)
    {
        Context.Sum = children.Where(child => child.IsSuccess).Sum(child => child.Output.Sum);
        Context.Failed = children.Count(child => !child.IsSuccess);
        return Task.CompletedTask;
    }

    private Task<StepResult?> Check(StepContext step) =>
        Task.FromResult(Input.Children < 0 ? Exit(300, "asked to fail") : null);
}
