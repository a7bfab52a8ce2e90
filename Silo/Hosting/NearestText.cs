namespace Orleans.Workflows.Silo.Hosting;

/// <summary>Finds what was meant by a text that is none of those that there are.</summary>
internal static class NearestText
{
    /// <summary>Finds the nearest: with the fewest letters to change, add or leave out.</summary>
    /// <param name="text">The text.</param>
    /// <param name="all">Those that there are; one at least.</param>
    /// <param name="nameOf">The part of it that counts most. Among equals the whole decides.</param>
    public static string To(string text, IEnumerable<string> all, Func<string, string> nameOf) =>
        all.MinBy(one => (Distance(nameOf(text), nameOf(one)), Distance(text, one)))!;

    private static int Distance(string one, string other)
    {
        // The usual table, a row at a time; the case is of no account.
        int[] row = [.. Enumerable.Range(0, other.Length + 1)];
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var same = char.ToUpperInvariant(one[i - 1]) == char.ToUpperInvariant(other[j - 1]);
                (diagonal, row[j]) = (
                    row[j],
                    Math.Min(same ? diagonal : diagonal + 1, Math.Min(row[j], row[j - 1]) + 1));
            }
        }

        return row[^1];
    }
}
