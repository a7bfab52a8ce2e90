using System.Text.Json;
using System.Text.Json.Nodes;
using Orleans.Workflows.Cli.Writing;

namespace Orleans.Workflows.Cli.Commands;

/// <summary>What a process does now, as text and as JSON.</summary>
internal static class StatusText
{
    /// <summary>The status as text.</summary>
    /// <param name="report">Says how times are written.</param>
    /// <param name="status">The status.</param>
    /// <param name="outcome">How it ended; null while it has not.</param>
    /// <returns>Rows of a name and a value, without those that have no value.</returns>
    public static IEnumerable<Cell[]> Rows(Report report, ProcessStatus status, ProcessOutcome? outcome) =>
        All(report, status, outcome).Where(static row => row[1].Text is { Length: > 0 });

    /// <summary>The status as JSON, and what the command adds.</summary>
    /// <param name="status">The status.</param>
    /// <param name="outcome">How it ended, with its output and its failure; null while it has not.</param>
    /// <param name="checkpoint">What it remembers; null when that is not wanted.</param>
    public static JsonNode Document(ProcessStatus status, OutcomeDocument? outcome, CheckpointDocument? checkpoint)
    {
        var document = JsonSerializer.SerializeToNode(status, WorkflowJson.Options)!;
        document["outcome"] = JsonSerializer.SerializeToNode(outcome, WorkflowJson.Options);
        document["checkpoint"] = JsonSerializer.SerializeToNode(checkpoint, WorkflowJson.Options);
        return document;
    }

    private static IEnumerable<Cell[]> All(Report report, ProcessStatus status, ProcessOutcome? outcome)
    {
        var process = status.Summary;
        return
        [
            ["Id", process.Id.Value],
            ["Type", $"{process.Type}, version {process.DefinitionVersion}"],
            ["State", PlainText.StateOf(process)],
            ["Exit code", process.ExitCode is { } exitCode ? PlainText.ExitOf(exitCode, status.ExitLabel) : null],
            ["Message", outcome?.Message],
            ["Waiting for", status.WaitingFor],
            ["Position", status.Position],
            ["Attempt", $"{status.Attempt}, after {status.StepsCompleted} completed steps"],
            ["Status text", process.StatusText],
            ["Tags", PlainText.TagsOf(process.Tags)],
            ["Pending", Pending(status.Pending)],
            ["Incident", status.Incident is { } incident ? Sentence(report, incident) : null],
            ["Remedy", status.Incident?.Remedy],
            ["Parent", process.Parent?.Value],
            ["Root", process.Parent is null ? null : process.Root.Value],
            ["Children left", string.Join(", ", status.LiveChildren)],
            ["Created", report.When(process.CreatedAt)],
            ["Updated", $"{report.When(process.UpdatedAt)}, commit {process.Version}"],
            ["Due", process.DueAt is { } due ? report.When(due) : null],
            ["Finished", process.FinishedAt is { } end ? report.When(end) : null],
        ];
    }

    /// <summary>What waits in the inbox, each once with how often.</summary>
    private static string Pending(IReadOnlyList<string> pending) =>
        string.Join(
            ", ",
            pending
                .CountBy(static message => message)
                .Select(static one => one.Value == 1 ? one.Key : $"{one.Key} ({one.Value} times)"));

    private static string Sentence(Report report, Incident incident) =>
        $"{incident.Code} after {incident.Attempts} attempts, opened {report.When(incident.OpenedAt)}: {incident.Text}";
}
