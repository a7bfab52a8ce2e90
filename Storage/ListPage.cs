namespace Orleans.Workflows.Storage;

/// <summary>Makes pages from one row more than they hold.</summary>
internal static class ListPage
{
    /// <summary>Makes a page.</summary>
    /// <param name="rows">The rows in order, at most one more than the page size.</param>
    /// <param name="query">The query.</param>
    /// <returns>The page; its next is null when no row was left over.</returns>
    public static ProcessPage Of(IReadOnlyList<ProcessSummary> rows, ProcessQuery query)
    {
        if (rows.Count <= query.PageSize)
        {
            return new ProcessPage(rows, Next: null);
        }

        var last = rows[query.PageSize - 1];
        return new ProcessPage(
            [.. rows.Take(query.PageSize)],
            new ContinuationToken(query.Order, StoredTime.ToMicroseconds(last.CreatedAt), last.Id).ToString());
    }
}
