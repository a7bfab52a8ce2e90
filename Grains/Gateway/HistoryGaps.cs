namespace Orleans.Workflows.Grains.Gateway;

/// <summary>Tells whoever reads a history of entries that are not in the database any more.</summary>
internal static class HistoryGaps
{
    /// <summary>Puts a note in the place of what is missing.</summary>
    /// <param name="entries">A page of the history.</param>
    /// <param name="afterVersion">The version after which the page begins.</param>
    /// <param name="lastVersion">The version of the row before the page was read; 0 when there is no process.</param>
    /// <param name="lastAt">When the row was written last.</param>
    /// <param name="limit">How many entries a page has at most.</param>
    /// <returns>
    /// The page. The version of a note is the last one that is missing, so that the next page goes on behind it.
    /// </returns>
    public static IReadOnlyList<HistoryEntry> Tell(
        IReadOnlyList<HistoryEntry> entries,
        long afterVersion,
        long lastVersion,
        DateTimeOffset lastAt,
        int limit)
    {
        if (afterVersion == long.MaxValue)
        {
            return entries;
        }

        var told = new List<HistoryEntry>(entries.Count);
        var next = Math.Max(afterVersion, 0) + 1;
        foreach (var entry in entries)
        {
            if (entry.Version > next)
            {
                told.Add(Missing(next, entry.Version - 1, entry.At));
            }

            told.Add(entry);
            next = entry.Version + 1;
        }

        if (entries.Count < limit && lastVersion >= next)
        {
            told.Add(Missing(next, lastVersion, lastAt));
        }

        return told.Count <= limit ? told : told[..limit];
    }

    private static HistoryEntry Missing(long first, long last, DateTimeOffset at) =>
        new(
            last,
            at,
            [
                new HistoryEvent(
                    HistoryKind.EntriesMissing,
                    $"{(first == last ? $"The entry {first} is" : $"The entries {first} to {last} are")} not in the "
                    + "database any more."),
            ]);
}
