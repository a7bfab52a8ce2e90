using System.Text;

namespace Orleans.Workflows.Abstractions;

/// <summary>
/// What every database can keep as text: well-formed Unicode without U+0000. Checked where text comes in, so that no
/// store meets it in a batch.
/// </summary>
public static class StorableText
{
    /// <summary>Finds out whether a text can be kept.</summary>
    /// <param name="text">The text; null can always be kept.</param>
    /// <returns>What is wrong and what to do; null when nothing is.</returns>
    public static string? FaultOf(string? text)
    {
        if (text is null)
        {
            return null;
        }

        if (text.Contains('\0', StringComparison.Ordinal))
        {
            var place = text.IndexOf('\0', StringComparison.Ordinal);
            return $"it has the character U+0000 at index {place}, which databases cannot keep in text: "
                + "remove it, or send it inside a JSON payload";
        }

        return IndexOfHalf(text) is >= 0 and var index
            ? $"it has half of a surrogate pair at index {index}, which is no character: cut text between characters"
            : null;
    }

    /// <summary>Finds half of a surrogate pair.</summary>
    /// <param name="text">The text.</param>
    /// <returns>Its index; -1 when the text is Unicode.</returns>
    internal static int IndexOfHalf(string text)
    {
        var first = text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF');
        for (var index = first; index >= 0 && index < text.Length; index++)
        {
            if (!char.IsSurrogate(text[index]))
            {
                continue;
            }

            if (index + 1 == text.Length || !char.IsSurrogatePair(text[index], text[index + 1]))
            {
                return index;
            }

            index++;
        }

        return -1;
    }

    /// <summary>
    /// Makes a text that can be kept of one that somebody else has written: an exception's message for example.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <returns>The text, with U+FFFD for what cannot be kept.</returns>
    public static string Mend(string text) => FaultOf(text) is null
        ? text
        : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace('\0', '\uFFFD');

    /// <summary>Shortens a status text to the 1,000 characters that are kept, between characters.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The text, or its beginning.</returns>
    public static string Shorten(string text) => Shorten(text, WorkflowLimits.MaxTextLength);

    /// <summary>Shortens a text, between characters.</summary>
    /// <param name="text">The text.</param>
    /// <param name="most">How many characters are kept.</param>
    /// <returns>The text, or its beginning.</returns>
    public static string Shorten(string text, int most)
    {
        ArgumentNullException.ThrowIfNull(text);
        var length = Math.Min(text.Length, most);
        return text[..(length < text.Length && char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
    }

    /// <summary>Throws unless a text can be kept.</summary>
    /// <param name="text">The text.</param>
    /// <param name="what">What it is, for the message.</param>
    /// <param name="parameter">The argument that it came in.</param>
    /// <exception cref="ArgumentException">It cannot; the message says why.</exception>
    public static void Check(string? text, string what, string parameter)
    {
        if (FaultOf(text) is { } fault)
        {
            throw new ArgumentException($"The {what} cannot be stored: {fault}.", parameter);
        }
    }
}
