namespace Orleans.Workflows.Unit.Definitions;

/// <summary>
/// A chain whose methods say what comes next in every form, when the input has a '!'. The test gives the outline.
/// </summary>
[Process("deciding")]
public sealed class Deciding : Chain
{
    /// <summary>What they say.</summary>
    public static readonly ExitCode Enough = new(150, "ENOUGH", "It is enough.");

    private static readonly AsyncLocal<Action<Deciding, OutlineBuilder>?> Given = new();

    /// <summary>Makes the definition with an outline.</summary>
    public static Type With(Action<Deciding, OutlineBuilder> outline)
    {
        Given.Value = outline;
        return typeof(Deciding);
    }

    public ChildStart<Nothing> Start() => OneChild();

    public IEnumerable<ChildStart<Nothing>> StartTwo() => TwoChildren();

    public TimeSpan Soon() => TimeSpan.FromSeconds(Math.Abs(Context.Left));

    public bool Goes() => Context.Left < 0;

    public bool Never() => Context.Left > 0;

    public StepResult? Stop(StepContext step)
    {
        Context.Left = 0;
        return null;
    }

    public Task NowResultOfChild(StepContext step, ChildResult<Nothing> child) => OnChild(step, child);

    public Task LaterNothing(StepContext step, IReadOnlyList<ChildResult<Nothing>> children) =>
        OnChildren(step, children);

    public Task Rest(StepContext step) => A(step);

    public Task Other(StepContext step) => B(step);

    public Task Nothing(StepContext step, int payload) => C(step);

    public async Task<StepResult?> LaterResult(StepContext step)
    {
        await Task.Yield();
        return Says ? Enough : null;
    }

    public Task<StepResult?> LaterResult(StepContext step, int payload) => LaterResult(step);

    public Task<StepResult?> LaterResult(StepContext step, ChildResult<Nothing> child) => LaterResult(step);

    public Task<StepResult?> LaterResult(StepContext step, IReadOnlyList<ChildResult<Nothing>> children) =>
        LaterResult(step);

    public async Task<ExitCode> LaterCode(StepContext step)
    {
        await Task.Yield();
        return Says ? Enough : null!;
    }

    public Task<ExitCode> LaterCode(StepContext step, int payload) => LaterCode(step);

    public Task<ExitCode> LaterCode(StepContext step, ChildResult<Nothing> child) => LaterCode(step);

    public Task<ExitCode> LaterCode(StepContext step, IReadOnlyList<ChildResult<Nothing>> children) => LaterCode(step);

    public StepResult? NowResult(StepContext step) => Says ? Enough : null;

    public StepResult? NowResult(StepContext step, int payload) => NowResult(step);

    public StepResult? NowResult(StepContext step, ChildResult<Nothing> child) => NowResult(step);

    public StepResult? NowResult(StepContext step, IReadOnlyList<ChildResult<Nothing>> children) => NowResult(step);

    public ExitCode? NowCode(StepContext step) => Says ? Enough : null;

    public ExitCode? NowCode(StepContext step, int payload) => NowCode(step);

    public ExitCode? NowCode(StepContext step, ChildResult<Nothing> child) => NowCode(step);

    public ExitCode? NowCode(StepContext step, IReadOnlyList<ChildResult<Nothing>> children) => NowCode(step);

    public StepResult? To(StepContext step) => Says ? Next(Input.Holds.Trim('!')) : null;

    public Task<int> Number(StepContext step) => Task.FromResult(Context.Left);

    public Task<int> Number(StepContext step, int payload) => Number(step);

    public Task<int> Number(StepContext step, ChildResult<Nothing> child) => Number(step);

    public Task<int> Number(StepContext step, IReadOnlyList<ChildResult<Nothing>> children) => Number(step);

    /// <summary>What a method that says only Task hands on: a later result or code, or the task of a number.</summary>
    public Task HandedOn(StepContext step) =>
        Input.Holds.Contains('7', StringComparison.Ordinal) ? Number(step)
        : Input.Holds.Contains('c', StringComparison.Ordinal) ? LaterCode(step)
        : LaterResult(step);

    public Task HandedOn(StepContext step, int payload) => HandedOn(step);

    public Task HandedOn(StepContext step, ChildResult<Nothing> child) => HandedOn(step);

    public Task HandedOn(StepContext step, IReadOnlyList<ChildResult<Nothing>> children) => HandedOn(step);

    /// <summary>A value task is awaited only where it says what it is.</summary>
    public object Boxed(StepContext step) => new ValueTask<StepResult?>(LaterResult(step));

    public object Boxed(StepContext step, int payload) => Boxed(step);

    public object Boxed(StepContext step, ChildResult<Nothing> child) => Boxed(step);

    public object Boxed(StepContext step, IReadOnlyList<ChildResult<Nothing>> children) => Boxed(step);

    public string Text(StepContext step) => Context.Done;

    public Task<object> Anything(StepContext step) => Task.FromResult<object>(Context.Done);

    /// <inheritdoc/>
    protected override void Define(OutlineBuilder outline) => Given.Value!(this, outline);

    private bool Says => Input.Holds.Contains('!', StringComparison.Ordinal);
}
