using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Storage.Memory;

/// <summary>The memory store's list and its filters.</summary>
internal static class MemoryQueries
{
    /// <summary>Reads a page.</summary>
    /// <param name="rows">All processes.</param>
    /// <param name="query">Which of them.</param>
    /// <param name="after">The place where the list goes on; null for the first page.</param>
    public static ProcessPage List(IEnumerable<ProcessRow> rows, ProcessQuery query, ContinuationToken? after)
    {
        var oldestFirst = query.Order is ProcessOrder.OldestFirst;
        var found = rows.Where(r => Fits(r, query) && IsAfter(r, after, oldestFirst));
        var sorted = oldestFirst
            ? found.OrderBy(static r => r.CreatedAt).ThenBy(static r => r.Id)
            : found.OrderByDescending(static r => r.CreatedAt).ThenByDescending(static r => r.Id);
        return ListPage.Of([.. sorted.Take(query.PageSize + 1).Select(static row => row.Summarize())], query);
    }

    /// <summary>Counts what has not ended.</summary>
    public static LiveProcesses CountLive(IEnumerable<ProcessRow> rows, int limit)
    {
        return new(
            Count(static row => row.State == ProcessState.Created),
            Count(static row => row.State == ProcessState.Running),
            Count(static row => row.State == ProcessState.Waiting),
            Count(static row => row.Paused),
            Count(static row => row.Incident is not null));

        int Count(Func<ProcessRow, bool> fits) => rows.Where(fits).Take(limit).Count();
    }

    private static bool Fits(ProcessRow row, ProcessQuery query) =>
        (string.IsNullOrEmpty(query.Type) || row.Type == query.Type)
        && (query.States.Count == 0 || query.States.Contains(row.State))
        && (query.Paused is null || row.Paused == query.Paused)
        && (query.HasIncident is null || row.Incident is not null == query.HasIncident)
        && (query.Parent is null || row.Parent == query.Parent)
        && (query.Root is null || row.Root == query.Root)
        && (!query.RootsOnly || row.Parent is null)
        && query.Tags.All(tag => row.Tags.TryGetValue(tag.Key, out var value) && value == tag.Value)
        && IsWithin(row.CreatedAt, query.CreatedFrom, query.CreatedBefore)
        && IsWithin(row.FinishedAt, query.FinishedFrom, query.FinishedBefore)
        && (string.IsNullOrEmpty(query.IdPrefix) || row.Id.Value.StartsWith(query.IdPrefix, StringComparison.Ordinal));

    private static bool IsWithin(DateTimeOffset? time, DateTimeOffset? from, DateTimeOffset? before) =>
        (from is null || time >= StoredTime.Cut(from.Value)) && (before is null || time < StoredTime.Cut(before.Value));

    private static bool IsAfter(ProcessRow row, ContinuationToken? after, bool oldestFirst)
    {
        if (after is not { } place)
        {
            return true;
        }

        var order = (StoredTime.ToMicroseconds(row.CreatedAt), row.Id).CompareTo((place.CreatedAt, place.Id));
        return oldestFirst ? order > 0 : order < 0;
    }
}
