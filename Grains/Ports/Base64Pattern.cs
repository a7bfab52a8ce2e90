using System.Globalization;

namespace Orleans.Workflows.Grains.Ports;

/// <summary>
/// Says how long bytes may be where they are written as base64: a schema counts the characters of a text.
/// </summary>
internal static class Base64Pattern
{
    // The serializer reads over white space, wherever it is.
    private const string Space = "[ \\t\\r\\n]*";
    private const string Sign = $"(?:[A-Za-z0-9+/]{Space})";
    private const string End = $"={Space}";

    /// <summary>Bytes of any length.</summary>
    public static string Any { get; } = Of(least: 0, most: -1);

    /// <summary>Makes a pattern.</summary>
    /// <param name="least">How many bytes at least.</param>
    /// <param name="most">How many at most; below 0 for any number.</param>
    public static string Of(int least, int most)
    {
        // Three bytes are four signs, and what is left over is filled up.
        string[] tails = ["", $"{Sign}{{2}}{End}{End}", $"{Sign}{{3}}{End}"];
        var forms = tails
            .Index()
            .Where(tail =>
                most < 0
                || (
                    tail.Index <= most
                    && (least <= tail.Index || Groups(least, tail.Index) <= (most - tail.Index) / 3)))
            .Select(tail =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"(?:{Sign}{{4}}){{{Groups(least, tail.Index)},{(most < 0 ? "" : (most - tail.Index) / 3)}}}{tail.Item}"
                ))
            .ToList();
        return forms.Count == 0 ? "(?!)" : $"^{Space}(?:{string.Join('|', forms)})$";
    }

    private static int Groups(int least, int left) => Math.Max(0, (least - left + 2) / 3);
}
