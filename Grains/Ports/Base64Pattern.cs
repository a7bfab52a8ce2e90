using System.Globalization;

namespace Orleans.Workflows.Grains.Ports;

/// <summary>Says how long bytes may be where they are written as base64: a schema counts the characters of a text.</summary>
internal static class Base64Pattern
{
    private const string Sign = "[A-Za-z0-9+/]";

    /// <summary>Bytes of any length.</summary>
    public static string Any { get; } = Of(least: 0, most: -1);

    /// <summary>Makes a pattern.</summary>
    /// <param name="least">How many bytes at least.</param>
    /// <param name="most">How many at most; below 0 for any number.</param>
    /// <returns>The regular expression.</returns>
    public static string Of(int least, int most)
    {
        // Three bytes are four signs, and what is left over is filled up.
        string[] tails = ["", $"{Sign}{{2}}==", $"{Sign}{{3}}="];
        var forms = tails.Index()
            .Where(tail => most < 0 || (tail.Index <= most && (least <= tail.Index || Groups(least, tail.Index) <= (most - tail.Index) / 3)))
            .Select(tail => string.Create(
                CultureInfo.InvariantCulture,
                $"(?:{Sign}{{4}}){{{Groups(least, tail.Index)},{(most < 0 ? "" : (most - tail.Index) / 3)}}}{tail.Item}"))
            .ToList();
        return forms.Count == 0 ? "(?!)" : $"^(?:{string.Join('|', forms)})$";
    }

    private static int Groups(int least, int left) => Math.Max(0, (least - left + 2) / 3);
}
