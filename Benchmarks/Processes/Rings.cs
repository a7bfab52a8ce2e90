namespace Orleans.Workflows.Benchmarks.Processes;

/// <summary>Waits for a time and ends.</summary>
[Process("benchmarks/rings")]
public sealed class Rings : Process<RingsInput, RingsOutput>
{
    /// <summary>The step behind the wait, as rows name it.</summary>
    public const string Then = nameof(Ring);

    /// <inheritdoc/>
    protected override Task<StepResult> RunAsync(StepContext step) =>
        Task.FromResult(Delay(TimeSpan.FromMilliseconds(Input.Milliseconds), Ring));

    private Task<StepResult> Ring(StepContext step) => Task.FromResult(Finish(new RingsOutput(Input.Milliseconds)));
}
