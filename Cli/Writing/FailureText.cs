namespace Orleans.Workflows.Cli.Writing;

/// <summary>An error as a person reads it: its type and message, its stack trace, and its causes likewise.</summary>
internal static class FailureText
{
    /// <summary>Writes an error below a title.</summary>
    /// <param name="report">The place for it.</param>
    /// <param name="failure">The error; null for none, which writes nothing.</param>
    public static void Write(Report report, FailureInfo? failure)
    {
        if (failure is not null)
        {
            report.Line("");
            report.Line("Failure:");
            Write(report, failure, lead: "");
        }
    }

    private static void Write(Report report, FailureInfo failure, string lead)
    {
        report.Line($"{PlainText.Indent(1)}{lead}{failure.Type}: {failure.Message}");
        const StringSplitOptions Lines = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;
        foreach (var frame in failure.StackTrace?.Split('\n', Lines) ?? [])
        {
            report.Line(PlainText.Indent(2) + frame);
        }

        // At most a hundred causes are kept, ten deep.
        foreach (var cause in (failure.Others ?? []).Prepend(failure.Inner).OfType<FailureInfo>())
        {
            Write(report, cause, "caused by ");
        }
    }
}
