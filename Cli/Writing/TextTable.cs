namespace Orleans.Workflows.Cli.Writing;

/// <summary>Columns of text.</summary>
internal static class TextTable
{
    private const string Gap = "  ";

    /// <summary>Aligns rows to the left.</summary>
    /// <param name="rows">The rows; each has the same number of cells.</param>
    /// <param name="width">Where lines are cut; null for nowhere. Only the last column is cut, so that ids can be copied.</param>
    /// <returns>The lines, without spaces at their end.</returns>
    public static IEnumerable<string> Align(IReadOnlyCollection<string[]> rows, int? width)
    {
        if (rows.Count == 0)
        {
            yield break;
        }

        var columns = Enumerable.Range(0, rows.First().Length - 1).Select(column => rows.Max(row => row[column].Length)).ToArray();
        var room = width - columns.Sum(static column => column + Gap.Length);
        foreach (var row in rows)
        {
            var start = string.Concat(columns.Select((column, at) => row[at].PadRight(column) + Gap));
            yield return (start + Cut(row[^1], room)).TrimEnd();
        }
    }

    private static string Cut(string text, int? room) => room is > 1 and var most && text.Length > most ? $"{text[..(most - 1)]}…" : text;
}
