using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Orleans.Workflows.Cli.Writing;

namespace Orleans.Workflows.Cli.Commands;

/// <summary>How a process ended, as JSON with the output in it.</summary>
internal sealed record OutcomeDocument(
    ProcessState State,
    int ExitCode,
    string? ExitLabel,
    string? Message,
    JsonElement? Output,
    FailureInfo? Failure,
    DateTimeOffset FinishedAt)
{
    /// <summary>Makes the document.</summary>
    /// <param name="outcome">How it ended; null when it has not.</param>
    /// <returns>The document; null likewise.</returns>
    [return: NotNullIfNotNull(nameof(outcome))]
    public static OutcomeDocument? Of(ProcessOutcome? outcome) => outcome is null ? null : new(
        outcome.State,
        outcome.ExitCode,
        outcome.ExitLabel,
        outcome.Message,
        outcome.Output is null ? null : WorkflowJson.Read<JsonElement>(outcome.Output, $"output of {outcome.Id}"),
        outcome.Failure,
        outcome.FinishedAt);

    /// <summary>Writes an end as text, unless JSON is wanted, and says what it means for the caller.</summary>
    /// <param name="report">The place for the answer.</param>
    /// <param name="outcome">How it ended; null when that is not known.</param>
    public static int Tell(Report report, ProcessOutcome? outcome)
    {
        if (outcome is not null && !report.IsJson)
        {
            var exit = PlainText.ExitOf(outcome.ExitCode, outcome.ExitLabel);
            report.Line($"{outcome.State}, exit code {exit}{(outcome.Message is null ? "" : $": {outcome.Message}")}");
            if (Of(outcome).Output is { } output)
            {
                report.Document(output);
            }
        }

        return outcome is null or { IsSuccess: true } ? ExitCodes.Done : ExitCodes.Failed;
    }
}
