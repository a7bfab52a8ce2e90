namespace Orleans.Workflows.Unit.Definitions;

/// <summary>
/// What every chain of these tests takes: the letters of the predicates that hold, each use crossed out.
/// </summary>
public sealed record Letters(string Holds = "");

public sealed record Nothing;

/// <summary>What a chain remembers.</summary>
public sealed record Trail
{
    public string Done { get; set; } = "";

    public int Left { get; set; } = -1;
}

/// <summary>Steps and predicates for outlines.</summary>
public abstract class Chain : WorkChain<Letters, Nothing, Trail>
{
    protected static ProcessType<Letters, Nothing> Child { get; } = new("child");

    protected override Nothing CreateOutput() => new();

    protected Task A(StepContext step) => Done("a");

    protected Task B(StepContext step) => Done("b");

    protected Task C(StepContext step) => Done("c");

    protected Task D(StepContext step) => Done("d");

    protected Task OnSignal(StepContext step, int payload) => Done($"signal {payload}");

    protected Task OnTimeout(StepContext step) => Done("timeout");

    protected Task OnChildren(StepContext step, IReadOnlyList<ChildResult<Nothing>> children) =>
        Done($"{children.Count} children");

    protected Task OnChild(StepContext step, ChildResult<Nothing> child) => Done("child");

    protected Task<StepResult?> MayEnd(StepContext step) =>
        Task.FromResult<StepResult?>(Input.Holds.Contains('!', StringComparison.Ordinal) ? Exit(100, "ended") : null);

    protected IEnumerable<ChildStart<Nothing>> TwoChildren() => [Child.Child(Input), Child.Child(Input)];

    protected ChildStart<Nothing> OneChild() => Child.Child(Input);

    protected TimeSpan AMinute() => TimeSpan.FromMinutes(Math.Abs(Context.Left));

    protected bool X() => Input.Holds.Contains('x', StringComparison.Ordinal);

    protected bool Y() => Input.Holds.Contains('y', StringComparison.Ordinal);

    protected bool Z() => Input.Holds.Contains('z', StringComparison.Ordinal);

    protected bool Twice() => Context.Done.Count(static c => c == 'b') < 2;

    protected bool ThreeC() => Context.Done.Count(static c => c == 'c') < 3;

    private Task Done(string what)
    {
        Context.Done += what;
        return Task.CompletedTask;
    }
}
