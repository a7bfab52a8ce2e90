using System.Text.Json;
using System.Text.Json.Nodes;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Cli.Writing;

namespace Orleans.Workflows.Cli.Commands;

/// <summary>What a process does now, as text and as JSON.</summary>
internal static class StatusText
{
    /// <summary>The status as text.</summary>
    /// <param name="status">The status.</param>
    /// <returns>Rows of a name and a value, without those that have no value.</returns>
    public static IEnumerable<string[]> Rows(ProcessStatus status) => All(status).Where(static row => row[1].Length > 0);

    /// <summary>The status as JSON, and what the command adds.</summary>
    /// <param name="status">The status.</param>
    /// <param name="checkpoint">What it remembers; null when that is not wanted.</param>
    /// <returns>The document.</returns>
    public static JsonNode Document(ProcessStatus status, CheckpointDocument? checkpoint)
    {
        var document = JsonSerializer.SerializeToNode(status, WorkflowJson.Options)!;
        document["checkpoint"] = JsonSerializer.SerializeToNode(checkpoint, WorkflowJson.Options);
        return document;
    }

    private static IEnumerable<string[]> All(ProcessStatus status)
    {
        var process = status.Summary;
        return
        [
            ["Id", process.Id.Value],
            ["Type", $"{PlainText.Of(process.Type)}, version {process.DefinitionVersion}"],
            ["State", PlainText.StateOf(process)],
            ["Exit code", process.ExitCode is { } exitCode ? PlainText.ExitOf(exitCode, status.ExitLabel) : ""],
            ["Waiting for", PlainText.Of(status.WaitingFor)],
            ["Position", PlainText.Of(status.Position)],
            ["Attempt", $"{status.Attempt}, after {status.StepsCompleted} completed steps"],
            ["Status text", PlainText.Of(process.StatusText)],
            ["Tags", PlainText.Of(process.Tags)],
            ["Pending", PlainText.Of(string.Join(", ", status.Pending))],
            ["Incident", status.Incident is { } incident ? $"{incident.Code} after {incident.Attempts} attempts, opened {PlainText.Of(incident.OpenedAt)}: {PlainText.Of(incident.Text)}" : ""],
            ["Remedy", PlainText.Of(status.Incident?.Remedy)],
            ["Parent", process.Parent?.Value ?? ""],
            ["Root", process.Parent is null ? "" : process.Root.Value],
            ["Children left", string.Join(", ", status.LiveChildren)],
            ["Created", PlainText.Of(process.CreatedAt)],
            ["Updated", $"{PlainText.Of(process.UpdatedAt)}, commit {process.Version}"],
            ["Due", PlainText.Of(process.DueAt)],
            ["Finished", PlainText.Of(process.FinishedAt)],
        ];
    }
}
