using System.Text.Json;
using Orleans.Workflows.Abstractions;

namespace Orleans.Workflows.Cli.Commands;

/// <summary>How a process ended, as JSON with the output in it.</summary>
internal sealed record OutcomeDocument(ProcessState State, int ExitCode, string? Message, JsonElement? Output, FailureInfo? Failure, DateTimeOffset FinishedAt)
{
    /// <summary>Makes the document.</summary>
    /// <param name="outcome">How it ended.</param>
    /// <returns>The document.</returns>
    public static OutcomeDocument Of(ProcessOutcome outcome) => new(
        outcome.State,
        outcome.ExitCode,
        outcome.Message,
        outcome.Output is null ? null : WorkflowJson.Read<JsonElement>(outcome.Output, $"output of {outcome.Id}"),
        outcome.Failure,
        outcome.FinishedAt);
}
