using System.Text.Encodings.Web;
using System.Text.Json;

namespace Orleans.Workflows.Cli.Writing;

/// <summary>
/// Writes the answer of a command, one JSON document or text, to standard output, and what is said beside it to
/// standard error: a line of text each or, where JSON is wanted, a line of JSON each.
/// </summary>
internal sealed class Report(Terminal terminal, bool json, bool wide)
{
    private static readonly JsonSerializerOptions MessageOptions = new(WorkflowJson.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly JsonSerializerOptions DocumentOptions = new(MessageOptions)
    {
        WriteIndented = true,

        // The usual 64 are 32 generations of a tree of processes.
        MaxDepth = 2_000,
    };

    private readonly TextTable _table = new(wide ? null : terminal.Width, terminal.HasColors);

    /// <summary>Whether JSON is wanted, and so no text.</summary>
    public bool IsJson => json;

    /// <summary>Whether times are exact, and each row is one line.</summary>
    public bool IsWide => wide;

    /// <summary>Writes the document.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    public void Document<T>(T document) => terminal.Out.WriteLine(Json(document, DocumentOptions));

    /// <summary>Writes a line of text.</summary>
    public void Line(string text) => terminal.Out.WriteLine(VisibleText.Of(text));

    /// <summary>Writes aligned columns.</summary>
    /// <param name="rows">The rows; each has the same number of cells.</param>
    /// <param name="cutsLast">
    /// Whether a last cell that does not fit is cut, because another command shows it whole; else it is folded.
    /// </param>
    public void Table(IReadOnlyList<Cell[]> rows, bool cutsLast = false)
    {
        foreach (var line in _table.Align(rows, cutsLast))
        {
            terminal.Out.WriteLine(line);
        }
    }

    /// <summary>Tells the person something that is no part of the answer.</summary>
    public void Note(string text) =>
        terminal.Error.WriteLine(json ? Json(new { note = text }, MessageOptions) : VisibleText.Of(text));

    /// <summary>Says what went wrong.</summary>
    public void Error(Problem problem)
    {
        if (json)
        {
            terminal.Error.WriteLine(Json(new { error = problem }, MessageOptions));
            return;
        }

        foreach (var line in (string?[])[problem.Message, problem.Hint, .. problem.Detail?.Split('\n') ?? []])
        {
            if (line is not null)
            {
                terminal.Error.WriteLine(VisibleText.Of(line.TrimEnd('\r')));
            }
        }
    }

    /// <summary>A time in a column of its own.</summary>
    /// <returns>How long ago it was, or the time itself when exact times are wanted.</returns>
    public string Age(DateTimeOffset time) =>
        wide ? PlainText.TimeOf(time) : PlainText.SpanOf(TimeProvider.System.GetUtcNow() - time);

    /// <summary>A time in a sentence.</summary>
    /// <returns>How long ago it was, or how soon it comes, or the time itself when exact times are wanted.</returns>
    public string When(DateTimeOffset time) => wide ? PlainText.TimeOf(time)
        : TimeProvider.System.GetUtcNow() is var now && time > now ? $"in {PlainText.SpanOf(time - now)}"
        : $"{PlainText.SpanOf(now - time)} ago";

    private static string Json<T>(T value, JsonSerializerOptions options) =>
        VisibleText.OfJson(JsonSerializer.Serialize(value, options));
}
