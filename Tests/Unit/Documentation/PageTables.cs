namespace Orleans.Workflows.Unit.Documentation;

/// <summary>The tables of a page, by the heading that they stand under.</summary>
internal static class PageTables
{
    /// <summary>Reads the rows of the tables under a heading, without their head.</summary>
    /// <param name="page">The page's text.</param>
    /// <param name="heading">A part of the heading.</param>
    /// <returns>The cells of each row; empty when there is no such heading.</returns>
    public static IReadOnlyList<string[]> Under(string page, string heading) =>
    [
        .. page.Split('\n')
            .SkipWhile(line => !(line.StartsWith('#') && line.Contains(heading, StringComparison.Ordinal)))
            .Skip(1)
            .TakeWhile(static line => !line.StartsWith('#'))
            .Where(static line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(static line => line.Trim('|', ' ').Split(" | ")),
    ];
}
