using System.Globalization;

namespace Orleans.Workflows.Cli.Reading;

/// <summary>Reads a time span as a person writes it.</summary>
internal static class Duration
{
    private static readonly TimeSpan Longest = WorkflowLimits.MaxDelay;

    /// <summary>Reads a time span.</summary>
    /// <param name="text">
    /// <c>10s</c>, <c>5m</c>, <c>2h</c>, <c>1d</c> or <c>hh:mm:ss</c>, up to a hundred years.
    /// </param>
    /// <returns>The time span, not negative.</returns>
    /// <exception cref="FormatException">It is something else.</exception>
    public static TimeSpan Parse(string text) => TryParse(text, out var span)
        ? span
        : throw new FormatException($"'{text}' is no duration: write 10s, 5m, 2h, 1d or hh:mm:ss.");

    /// <summary>Reads a time span without throwing.</summary>
    public static bool TryParse(string text, out TimeSpan span)
    {
        // A bare number is days to TimeSpan, and seconds to most people.
        if (text.Contains(':', StringComparison.Ordinal))
        {
            return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out span)
                && span >= TimeSpan.Zero
                && span <= Longest;
        }

        span = default;
        var unit =
            text.Length < 2
                ? 0
                : text[^1] switch
                {
                    's' => 1,
                    'm' => 60,
                    'h' => 3_600,
                    'd' => 86_400,
                    _ => 0,
                };
        var read = double.TryParse(
            text.AsSpan(0, Math.Max(0, text.Length - 1)),
            NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out var number);

        // 'NaN' and infinity are numbers too, whatever the style.
        if (unit == 0 || !read || !(number * unit <= Longest.TotalSeconds))
        {
            return false;
        }

        span = TimeSpan.FromSeconds(number * unit);
        return true;
    }
}
