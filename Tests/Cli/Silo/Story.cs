namespace Orleans.Workflows.CliTests.Silo;

/// <summary>Reports, and has the next generation as a child until the last.</summary>
[Process("test/story")]
public sealed class Story : Process<Story.In, Echo.Out>
{
    private static readonly ProcessType<In, Echo.Out> Sequel = new("test/story");

    /// <summary>The input.</summary>
    public sealed record In(int Generation = 1, int Last = 2);

    /// <inheritdoc/>
    protected override Task<StepResult> RunAsync(StepContext step)
    {
        step.Report($"generation {Input.Generation}\nbegins", ReportLevel.Debug);
        if (Input.Generation == Input.Last)
        {
            step.Report("the end", ReportLevel.Warning);
            return Task.FromResult(Finish(new Echo.Out("last")));
        }

        step.Report("to be continued");
        return Task.FromResult(StartChildren([Sequel.Child(Input with { Generation = Input.Generation + 1 })], Ended));
    }

    private Task<StepResult> Ended(StepContext step, IReadOnlyList<ChildResult<Echo.Out>> children) =>
        Task.FromResult(Finish(children[0].Output));
}
