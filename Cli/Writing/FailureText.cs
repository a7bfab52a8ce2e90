using Orleans.Workflows.Abstractions;

namespace Orleans.Workflows.Cli.Writing;

/// <summary>An error as a person reads it: its type and message, its stack trace, and its causes likewise.</summary>
internal static class FailureText
{
    /// <summary>Writes an error below a title.</summary>
    /// <param name="report">The place for it.</param>
    /// <param name="title">The title.</param>
    /// <param name="failure">The error; null for none, which writes nothing.</param>
    public static void Write(Report report, string title, FailureInfo? failure)
    {
        if (failure is null)
        {
            return;
        }

        report.Line("");
        report.Line($"{title}:");
        Write(report, failure, "");
    }

    private static void Write(Report report, FailureInfo failure, string lead)
    {
        report.Line($"{PlainText.Indent(1)}{lead}{PlainText.Of(failure.Type)}: {PlainText.Of(failure.Message)}");
        foreach (var frame in failure.StackTrace?.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [])
        {
            report.Line(PlainText.Indent(2) + PlainText.Of(frame));
        }

        foreach (var cause in (IEnumerable<FailureInfo>)[.. failure.Inner is { } inner ? [inner] : Array.Empty<FailureInfo>(), .. failure.Others ?? []])
        {
            Write(report, cause, "caused by ");
        }
    }
}
