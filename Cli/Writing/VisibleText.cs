using System.Globalization;
using System.Text;
using Orleans.Workflows.Linked;

namespace Orleans.Workflows.Cli.Writing;

/// <summary>
/// Makes visible what acts on a terminal instead of being seen there: control characters move the cursor, and those of
/// bidirectional text, and the separators of lines and paragraphs, show something else than what is written. Whatever
/// owf writes goes through here: others wrote most of it.
/// </summary>
internal static class VisibleText
{
    private const int EscapeLength = 6;

    /// <summary>A text as one line.</summary>
    /// <param name="text">The text; null for none.</param>
    /// <returns>The line, with each such character as in JSON: <c>\n</c>, <c>\u001B</c>; empty for none.</returns>
    public static string Of(string? text) => UnseenCharacters.Shown(text);

    /// <summary>A JSON document, which says the same afterwards: such characters are only inside its texts.</summary>
    /// <param name="json">JSON, indented or not.</param>
    public static string OfJson(string json) =>
        UnseenCharacters.Shown(
            WithPairs(json),
            static (text, at) => text[at] is not ('\r' or '\n') && UnseenCharacters.AreAt(text, at));

    /// <summary>
    /// System.Text.Json escapes what needs two units of UTF-16, as emoji do; here it is written as it is.
    /// </summary>
    private static string WithPairs(string json)
    {
        if (!json.Contains(@"\uD", StringComparison.Ordinal))
        {
            return json;
        }

        var written = new StringBuilder(json.Length);
        for (var at = 0; at < json.Length; at++)
        {
            if (json[at] == '\\' && TryReadPair(json.AsSpan(at), out var rune))
            {
                written.Append(rune.ToString());
                at += 2 * EscapeLength - 1;
            }
            else
            {
                // What follows a backslash is part of its escape, also when it is another backslash.
                written.Append(json, at, json[at] == '\\' ? 2 : 1);
                at += json[at] == '\\' ? 1 : 0;
            }
        }

        return written.ToString();
    }

    private static bool TryReadPair(ReadOnlySpan<char> escapes, out Rune rune)
    {
        rune = default;
        return escapes.Length >= 2 * EscapeLength
            && TryReadUnit(escapes, out var high)
            && TryReadUnit(escapes[EscapeLength..], out var low)
            && Rune.TryCreate(high, low, out rune)
            && Rune.GetUnicodeCategory(rune)
                is not (UnicodeCategory.Format or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse);
    }

    private static bool TryReadUnit(ReadOnlySpan<char> escape, out char unit)
    {
        unit = default;
        const NumberStyles Hex = NumberStyles.AllowHexSpecifier;
        var isUnit = escape.StartsWith(@"\u")
            & ushort.TryParse(escape[2..EscapeLength], Hex, CultureInfo.InvariantCulture, out var number);
        unit = (char)number;
        return isUnit;
    }
}
