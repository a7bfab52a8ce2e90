namespace Orleans.Workflows.CrashHost.Driving;

/// <summary>The history of a process, to be held against what must be true of it.</summary>
/// <param name="Entries">One per commit.</param>
public sealed record ProcessHistory(IReadOnlyList<HistoryEntry> Entries)
{
    /// <summary>What happened, in order.</summary>
    public IEnumerable<HistoryKind> Kinds =>
        Entries.SelectMany(static entry => entry.Events).Select(static happened => happened.Kind);

    /// <summary>Reads a history.</summary>
    /// <param name="handle">The process.</param>
    /// <returns>Its history.</returns>
    public static async Task<ProcessHistory> ReadAsync(ProcessHandle handle)
    {
        ArgumentNullException.ThrowIfNull(handle);
        var entries = new List<HistoryEntry>();
        await foreach (var entry in handle.GetHistoryAsync())
        {
            entries.Add(entry);
        }

        return new ProcessHistory(entries);
    }

    /// <summary>How often something happened.</summary>
    /// <param name="kind">What.</param>
    /// <returns>How often.</returns>
    public int Count(HistoryKind kind) => Kinds.Count(known => known == kind);

    /// <summary>Checks the history of a process that finished.</summary>
    /// <param name="steps">How many steps it has.</param>
    /// <returns>What is wrong; empty when nothing is.</returns>
    public IEnumerable<string> FaultsOfFinished(int steps)
    {
        if (
            !Entries
                .Select(static entry => entry.Version)
                .SequenceEqual(Enumerable.Range(1, Entries.Count).Select(static version => (long)version)))
        {
            yield return $"the versions of its history are "
                + $"{string.Join(",", Entries.Select(static entry => entry.Version))}";
        }

        foreach (
            var (kind, expected) in new[]
            {
                (HistoryKind.Created, 1),
                (HistoryKind.StepCompleted, steps),
                (HistoryKind.Finished, 1),
            })
        {
            if (Count(kind) != expected)
            {
                yield return $"its history has {kind} {Count(kind)} times, expected {expected}";
            }
        }
    }
}
