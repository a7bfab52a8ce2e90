using System.Text.Encodings.Web;
using System.Text.Json;
using Orleans.Workflows.Abstractions;

namespace Orleans.Workflows.Cli.Writing;

/// <summary>Writes the answer of a command: one JSON document, or text.</summary>
internal sealed class Report(Terminal terminal, bool json)
{
    private static readonly JsonSerializerOptions JsonOptions = new(WorkflowJson.Options)
    {
        WriteIndented = true,

        // The usual 64 are 32 generations of a tree of processes.
        MaxDepth = 2_000,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Whether JSON is wanted, and so no text.</summary>
    public bool IsJson => json;

    /// <summary>Writes the document.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="document">The document.</param>
    public void Document<T>(T document) => terminal.Out.WriteLine(JsonSerializer.Serialize(document, JsonOptions));

    /// <summary>Writes text.</summary>
    /// <param name="text">The text.</param>
    public void Line(string text) => terminal.Out.WriteLine(text);

    /// <summary>Writes aligned columns. The last one is cut at the edge of the screen.</summary>
    /// <param name="rows">The rows; each has the same number of cells.</param>
    public void Table(IReadOnlyCollection<string[]> rows)
    {
        foreach (var line in TextTable.Align(rows, terminal.Width))
        {
            terminal.Out.WriteLine(line);
        }
    }

    /// <summary>Tells the person something that is no part of the answer.</summary>
    /// <param name="text">The text.</param>
    public void Note(string text) => terminal.Error.WriteLine(text);
}
