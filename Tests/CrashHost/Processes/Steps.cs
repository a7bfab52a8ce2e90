namespace Orleans.Workflows.CrashHost.Processes;

/// <summary>
/// A work chain of short steps whose result depends on each of them, in their order: a step lost or doubled makes
/// another sum.
/// </summary>
[Process("crash/steps")]
public sealed class Steps(Ledger ledger, StepTime time) : WorkChain<StepsInput, StepsOutput, Steps.Progress>
{
    public sealed class Progress
    {
        public int Rounds { get; set; }

        public long Sum { get; set; }

        public string Trace { get; set; } = "";
    }

    /// <summary>What a chain returns when each step ran once, in its order.</summary>
    /// <param name="input">Its input.</param>
    /// <returns>Its output.</returns>
    public static StepsOutput Expected(StepsInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var progress = new Progress();
        Add(progress, input, 'o');
        while (progress.Rounds < input.Rounds)
        {
            progress.Rounds++;
            Add(progress, input, 'r');
            if (progress.Rounds % 2 == 0)
            {
                Add(progress, input, 'e');
            }
        }

        Add(progress, input, 'c');
        return new StepsOutput(progress.Sum, progress.Trace);
    }

    protected override void Define(OutlineBuilder outline) => outline
        .Step(Open)
        .While(HasRounds, body => body.Step(Round).If(IsEven, then => then.Step(Even)))
        .Step(Close);

    protected override StepsOutput CreateOutput() => new(Context.Sum, Context.Trace);

    private bool HasRounds() => Context.Rounds < Input.Rounds;

    private bool IsEven() => Context.Rounds % 2 == 0;

    private Task Open(StepContext step) => DoAsync(step, 'o');

    private Task Round(StepContext step)
    {
        Context.Rounds++;
        return DoAsync(step, 'r');
    }

    private Task Even(StepContext step) => DoAsync(step, 'e');

    private Task Close(StepContext step) => DoAsync(step, 'c');

    private async Task DoAsync(StepContext step, char letter)
    {
        await ledger.BeginAsync(step);
        await Task.Delay(
            time.Next(),
            step.TimeProvider,
            step.CancellationToken);
        Add(Context, Input, letter);
        await ledger.EndAsync(step);
    }

    private static void Add(Progress progress, StepsInput input, char letter)
    {
        progress.Sum = unchecked((progress.Sum * 1_000_003) + (letter * (input.Seed + 17L)) + progress.Rounds);
        progress.Trace += letter;
    }
}
