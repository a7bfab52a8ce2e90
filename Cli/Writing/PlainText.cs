using System.Globalization;

namespace Orleans.Workflows.Cli.Writing;

/// <summary>Values as a person reads them.</summary>
internal static class PlainText
{
    /// <summary>A time in UTC, to the second.</summary>
    public static string TimeOf(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>A span of time in its largest unit that makes it two or more.</summary>
    /// <param name="span">The span; less than zero, of clocks that differ, counts as zero.</param>
    /// <returns>For example '90s', '5m', '36h' or '12d'.</returns>
    public static string SpanOf(TimeSpan span) => span switch
    {
        { TotalDays: >= 2 } => Whole(span.TotalDays, 'd'),
        { TotalHours: >= 2 } => Whole(span.TotalHours, 'h'),
        { TotalMinutes: >= 2 } => Whole(span.TotalMinutes, 'm'),
        _ => Whole(Math.Max(0, span.TotalSeconds), 's'),
    };

    /// <summary>Tags by key.</summary>
    /// <returns>One line; empty for none.</returns>
    public static string TagsOf(IReadOnlyDictionary<string, string> tags) =>
        string.Join(
            ", ",
            tags.OrderBy(static tag => tag.Key, StringComparer.Ordinal).Select(static tag => $"{tag.Key}={tag.Value}"));

    /// <summary>The state with the flags beside it.</summary>
    /// <returns>For example 'Waiting, paused, incident StepFailed'.</returns>
    public static Cell StateOf(ProcessSummary process) => new(
        $"{process.State}{(process.Paused ? ", paused" : "")}"
            + (process.Incident is { } incident ? $", incident {incident}" : ""),
        process switch
        {
            { Incident: not null } or { State: ProcessState.Excepted or ProcessState.Killed } => Ink.Bad,
            { Paused: true } or { State: ProcessState.Finished, ExitCode: not EngineExitCodes.Success } => Ink.Odd,
            { State: ProcessState.Finished } => Ink.Good,
            _ => Ink.Plain,
        });

    /// <summary>The exit code with its label.</summary>
    /// <param name="exitCode">The number.</param>
    /// <param name="label">The label; null for none.</param>
    /// <returns>For example '410 NO_STOCK'.</returns>
    public static string ExitOf(int exitCode, string? label) => label is null ? $"{exitCode}" : $"{exitCode} {label}";

    /// <summary>What comes before a line that stands below others.</summary>
    /// <param name="depth">How deep it is; 0 for the left edge.</param>
    public static string Indent(int depth) => new(' ', 2 * depth);

    private static string Whole(double number, char unit) =>
        string.Create(CultureInfo.InvariantCulture, $"{(long)number}{unit}");
}
