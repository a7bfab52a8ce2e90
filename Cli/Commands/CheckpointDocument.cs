using System.Text.Json;
using Orleans.Workflows.Cli.Writing;

namespace Orleans.Workflows.Cli.Commands;

/// <summary>What a process remembers, as JSON and not as bytes.</summary>
internal sealed record CheckpointDocument(
    string Position,
    JsonElement? Input,
    JsonElement? Context,
    JsonElement? Argument,
    JsonElement? Outputs)
{
    /// <summary>Makes the document.</summary>
    public static CheckpointDocument Of(ProcessCheckpoint checkpoint) => new(
        checkpoint.Position,
        Read(checkpoint.Input, "input"),
        Read(checkpoint.Context, "context"),
        Read(checkpoint.Argument, "argument"),
        Read(checkpoint.Outputs, "outputs"));

    /// <summary>Writes what there is as text.</summary>
    public void Write(Report report)
    {
        foreach (
            var (title, json) in new[]
            {
                ("Input", Input),
                ("Context", Context),
                ("Argument", Argument),
                ("Outputs", Outputs),
            })
        {
            if (json is { } value)
            {
                report.Line("");
                report.Line($"{title}:");
                report.Document(value);
            }
        }
    }

    private static JsonElement? Read(byte[]? json, string what) =>
        json is null ? null : WorkflowJson.Read<JsonElement>(json, what);
}
