namespace Orleans.Workflows.Linked;

/// <summary>
/// Makes sentences of texts that others wrote, such as messages of exceptions: some end with a full stop, some do not.
/// </summary>
internal static class Sentence
{
    /// <summary>A text as a sentence, behind which another one may come.</summary>
    /// <returns>The text with one full stop, unless it ends with another mark of that kind.</returns>
    public static string Ended(string? text)
    {
        var inside = Inside(text);
        return inside.Length == 0 || "!?…".Contains(inside[^1], StringComparison.Ordinal) ? inside : $"{inside}.";
    }

    /// <summary>A text that goes on, in the midst of a sentence.</summary>
    /// <returns>The text without the stops and spaces at its end.</returns>
    public static string Inside(string? text) => (text ?? "").TrimEnd('.', ':', ' ', '\n', '\r');
}
