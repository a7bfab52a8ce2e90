using Orleans.Workflows.Grains;

namespace Orleans.Workflows.Snippets;

public sealed record ReportInput(string[] Lines);

public sealed record ReportOutput(int Words);

[Process("reports/count-words")]
public sealed class CountWords : Process<ReportInput, ReportOutput>
{
    // Work that computes: off the activation's thread, and with an eye on the token.
    protected override async Task<StepResult> RunAsync(StepContext step)
    {
        var words = await Task.Run(() => Count(Input.Lines, step.CancellationToken), step.CancellationToken);
        return Finish(new ReportOutput(words));
    }

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
