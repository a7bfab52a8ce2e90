using System.Globalization;
using Orleans.Workflows.Abstractions;

namespace Orleans.Workflows.Cli.Writing;

/// <summary>Values as a person reads them, on one line.</summary>
internal static class PlainText
{
    /// <summary>A text that others wrote: its control characters, which could move the cursor, become spaces.</summary>
    /// <param name="text">The text; null for none.</param>
    /// <returns>One line; empty for none.</returns>
    public static string Of(string? text) => text is null ? "" : string.Concat(text.Select(static character => char.IsControl(character) ? ' ' : character));

    /// <summary>A time in UTC, to the second.</summary>
    /// <param name="time">The time; null for none.</param>
    /// <returns>The text; empty for none.</returns>
    public static string Of(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "";

    /// <summary>Tags by key.</summary>
    /// <param name="tags">The tags.</param>
    /// <returns>One line; empty for none.</returns>
    public static string Of(IReadOnlyDictionary<string, string> tags) =>
        Of(string.Join(", ", tags.OrderBy(static tag => tag.Key, StringComparer.Ordinal).Select(static tag => $"{tag.Key}={tag.Value}")));

    /// <summary>The state with the flags beside it.</summary>
    /// <param name="process">The process.</param>
    /// <returns>For example 'Waiting, paused, incident StepFailed'.</returns>
    public static string StateOf(ProcessSummary process) =>
        $"{process.State}{(process.Paused ? ", paused" : "")}{(process.Incident is { } incident ? $", incident {incident}" : "")}";

    /// <summary>The exit code with its label.</summary>
    /// <param name="exitCode">The number.</param>
    /// <param name="label">The label; null for none.</param>
    /// <returns>For example '410 NO_STOCK'.</returns>
    public static string ExitOf(int exitCode, string? label) => label is null ? $"{exitCode}" : $"{exitCode} {Of(label)}";

    /// <summary>What comes before a line that stands below others.</summary>
    /// <param name="depth">How deep it is; 0 for the left edge.</param>
    /// <returns>Spaces.</returns>
    public static string Indent(int depth) => new(' ', 2 * depth);
}
