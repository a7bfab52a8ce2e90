namespace Orleans.Workflows.Shared.Processes;

/// <summary>A work chain with every element of an outline that needs no waiting.</summary>
[Process("test/outline")]
public sealed class OutlineSample : WorkChain<HelloInput, HelloOutput, OutlineSample.Progress>
{
    public sealed class Progress
    {
        public List<string> Trace { get; set; } = [];

        public int Rounds { get; set; }
    }

    protected override void Define(OutlineBuilder outline) => outline
        .If(IsNobody, then => then.Return(404, "nobody is there"))
        .ElseIf(IsShort, then => then.Step(Short))
        .Else(then => then.Step(Long))
        .While(HasRounds, body => body.Step(Round).If(IsEven, then => then.Step(Even)))
        .Step(Early)
        .Step(Last);

    protected override HelloOutput CreateOutput() => new(string.Join(",", Context.Trace));

    private bool IsNobody() => Input.Name.Length == 0;

    private bool IsShort() => Input.Name.Length < 4;

    private bool HasRounds() => Context.Rounds < Input.Steps;

    private bool IsEven() => Context.Rounds % 2 == 0;

    private Task Short(StepContext step) => Note("short");

    private Task Long(StepContext step) => Note("long");

    private Task Round(StepContext step)
    {
        Context.Rounds++;
        return Note($"round{Context.Rounds}");
    }

    private Task Even(StepContext step) => Note("even");

    private Task<StepResult?> Early(StepContext step) =>
        Task.FromResult(Input.Name == "early" ? Finish(new HelloOutput("early")) : null);

    private Task Last(StepContext step) => Note("last");

    private Task Note(string what)
    {
        Context.Trace.Add(what);
        return Task.CompletedTask;
    }
}
