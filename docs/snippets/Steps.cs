using Orleans.Workflows;

namespace Snippets;

public sealed record ReportInput(string[] Lines);

public sealed record ReportOutput(int Words);

[Process("reports/count-words")]
public sealed class CountWords : Process<ReportInput, ReportOutput>
{
    // Work that computes: on a thread for that, and with an eye on the token.
    [CpuBound]
    protected override Task<StepResult> RunAsync(StepContext step) =>
        Task.FromResult(Finish(new ReportOutput(Count(Input.Lines, step.CancellationToken))));

    private static int Count(string[] lines, CancellationToken cancellationToken)
    {
        var words = 0;
        foreach (var line in lines)
        {
            cancellationToken.ThrowIfCancellationRequested();
            words += line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;
        }

        return words;
    }
}
