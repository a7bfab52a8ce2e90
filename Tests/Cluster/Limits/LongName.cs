using Orleans.Workflows.Shared.Processes;

namespace Orleans.Workflows.Cluster.Limits;

/// <summary>Ends at once, under a name of one character less than is allowed.</summary>
[Process(Name)]
public sealed class LongName : Process<HelloInput, HelloOutput>
{
    /// <summary>199 characters.</summary>
    public const string Name = "test/" + Forty + Forty + Forty + Forty + "abcdefghijabcdefghijabcdefghijabcd";

    private const string Forty = "abcdefghijabcdefghijabcdefghijabcdefghij";

    protected override Task<StepResult> RunAsync(StepContext step) => Task.FromResult(Finish());
}
