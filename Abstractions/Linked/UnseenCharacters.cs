using System.Globalization;
using System.Text;

namespace Orleans.Workflows.Linked;

/// <summary>
/// Finds what acts on a terminal instead of being seen there: control characters move the cursor, and those of
/// bidirectional text, and the separators of lines and paragraphs, show something else than what is written.
/// </summary>
internal static class UnseenCharacters
{
    /// <summary>Makes them visible: a text as one line.</summary>
    /// <param name="text">The text; null for none.</param>
    /// <returns>The line, with each such character as in JSON: <c>\n</c>, <c>\u001B</c>; empty for none.</returns>
    public static string Shown(string? text) => text is null ? "" : Shown(text, AreAt);

    /// <summary>Makes some of them visible.</summary>
    /// <param name="text">The text.</param>
    /// <param name="areAt">Whether one of them is at a place of the text.</param>
    public static string Shown(string text, Func<string, int, bool> areAt)
    {
        StringBuilder? seen = null;
        for (var at = 0; at < text.Length; at++)
        {
            if (areAt(text, at))
            {
                seen ??= new StringBuilder(text, 0, at, text.Length + 16);
                seen.Append(NameOf(text[at]));
            }
            else
            {
                seen?.Append(text[at]);
            }
        }

        return seen?.ToString() ?? text;
    }

    /// <summary>Whether one is at a place of a text.</summary>
    public static bool AreAt(string text, int at) => text[at] switch
    {
        // U+2028 to U+202E: separators and embeddings; U+2066 to U+206F: isolates, and what was used before them.
        '\u061C' or '\u200E' or '\u200F' or (>= '\u2028' and <= '\u202E') or (>= '\u2066' and <= '\u206F') => true,
        var half when char.IsSurrogate(half) => !IsPaired(text, at),
        var other => char.IsControl(other),
    };

    private static bool IsPaired(string text, int at) => char.IsHighSurrogate(text[at])
        ? at + 1 < text.Length && char.IsLowSurrogate(text[at + 1])
        : at > 0 && char.IsHighSurrogate(text[at - 1]);

    private static string NameOf(char character) => character switch
    {
        '\n' => @"\n",
        '\r' => @"\r",
        '\t' => @"\t",
        _ => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)character:X4}"),
    };
}
