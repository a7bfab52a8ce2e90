namespace Orleans.Workflows.Behaviour.Outlines;

/// <summary>A chain whose first step says what comes next.</summary>
[Process("behaviour/say"), ExitCodes(typeof(SharedCodes))]
public sealed class SayChain : TrailChain<SayInput>
{
    /// <summary>The contract.</summary>
    public static readonly ProcessType<SayInput, Trail> Type = new("behaviour/say");

    /// <summary>A plain exit code.</summary>
    public static readonly ExitCode NoStock = new(400, "NO_STOCK", "There is none.");

    /// <summary>An exit code with arguments.</summary>
    public static readonly ExitCode LowStock = new(401, "LOW_STOCK", "Only {available} of {wanted} are in stock.");

    /// <inheritdoc/>
    protected override void Define(OutlineBuilder outline) => outline
        .Step(Choose)
        .Step(Middle)
        .If(Never, aside => aside.Step(Aside))
        .Step(Last);

    private async Task<StepResult?> Choose(StepContext step)
    {
        await Went("choose");
        switch (Input.Says)
        {
            case Says.Next:
                return Next(Last);
            case Says.NextInBlock:
                return Next(Aside);
            case Says.Finish:
                Emit(o => o.Way, "emitted");
                return Finish();
            case Says.Output:
                return Finish(new Trail { Way = "given" });
            case Says.Code:
                return NoStock;
            case Says.Filled:
                return LowStock.With(("available", 2.5), ("wanted", 3));
            case Says.Exit:
                return Exit(499, "by number");
            case Says.Shared:
                return SharedCodes.Moved.With(("place", "Bern"));
            case Says.Undeclared:
                return new ExitCode(402, "UNDECLARED", "Nobody knows it.");
            case Says.Disguised:
                return new ExitCode(403, "NO_STOCK", "There is none.");
            case Says.Unfilled:
                return LowStock;
            case Says.MissingArgument:
                return LowStock.With(("available", 2));
            case Says.UnknownArgument:
                return NoStock.With(("colour", "red"));
            case Says.Braces:
                return SharedCodes.Moved.With(("place", "{somewhere}"));
            case Says.ChildAndEnd:
                ToContext(c => c.Child, Type.Child(new SayInput(Says.Nothing)));
                return Finish();
            case Says.Nowhere:
                return Next(NoStep);
            default:
                return null;
        }
    }

    private static bool No => false;

    private bool Never() => No && Input.Says == Says.Nothing;

    private Task Middle(StepContext step) => Went("middle");

    private Task Aside(StepContext step) => Went("aside");

    private Task Last(StepContext step) => Went("last");

    private Task NoStep(StepContext step) => Went("nowhere");
}
