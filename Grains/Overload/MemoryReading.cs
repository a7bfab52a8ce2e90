namespace Orleans.Workflows.Grains.Overload;

/// <summary>
/// How much memory the process needs: what was left after the last collection, and what is not the collector's. Garbage
/// that waits for its collection counts as little as it can: a busy collector lets it grow, and that is no shortage.
/// </summary>
internal sealed class MemoryReading
{
    /// <summary>
    /// From here on, garbage of the oldest generation is looked for: while starts are refused, nothing else might make
    /// a collection due.
    /// </summary>
    private const double WorthACollection = 0.75;

    private static readonly TimeSpan BetweenCollections = TimeSpan.FromSeconds(10);

    private long _collectedAt;

    /// <summary>Reads it. The limit is the container's, or else the machine's memory.</summary>
    /// <returns>0 to 1, and the limit in bytes.</returns>
    public (double Used, long Limit) Read()
    {
        var collector = GC.GetGCMemoryInfo(GCKind.Any);
        var limit = collector.TotalAvailableMemoryBytes;
        var others = Math.Max(0, Environment.WorkingSet - collector.TotalCommittedBytes);
        var used = limit <= 0 ? 0 : (double)(collector.HeapSizeBytes + others) / limit;
        if (
            used > WorthACollection
            && (_collectedAt == 0 || TimeProvider.System.GetElapsedTime(_collectedAt) > BetweenCollections))
        {
            _collectedAt = TimeProvider.System.GetTimestamp();
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Default, blocking: false);
        }

        return (used, limit);
    }
}
