using System.Globalization;

namespace Orleans.Workflows.Cli.Reading;

/// <summary>Reads a time as a person writes it.</summary>
internal static class PointInTime
{
    /// <summary>Reads a time.</summary>
    /// <param name="text">ISO 8601, UTC unless it says otherwise; or how long ago: <c>2h</c>.</param>
    /// <exception cref="FormatException">It is something else.</exception>
    public static DateTimeOffset Parse(string text)
    {
        if (Duration.TryParse(text, out var ago) && !text.Contains(':', StringComparison.Ordinal))
        {
            return TimeProvider.System.GetUtcNow() - ago;
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw new FormatException(
                $"'{text}' is no time: write 2026-01-31, 2026-01-31T12:00:00Z, or how long ago it was: 30m, 2h, 7d.");
    }
}
