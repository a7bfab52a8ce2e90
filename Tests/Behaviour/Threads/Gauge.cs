using System.Collections.Concurrent;

namespace Orleans.Workflows.Behaviour.Threads;

/// <summary>Counts how many do something at the same time, batch by batch.</summary>
internal static class Gauge
{
    private static readonly ConcurrentDictionary<string, (int Now, int Most)> Batches = new(StringComparer.Ordinal);

    /// <summary>One more does it.</summary>
    /// <param name="batch">The batch.</param>
    public static void Enter(string batch) =>
        Batches.AddOrUpdate(
            batch,
            static _ => (1, 1),
            static (_, was) => (was.Now + 1, Math.Max(was.Most, was.Now + 1)));

    /// <summary>One less does it.</summary>
    /// <param name="batch">The batch.</param>
    public static void Leave(string batch) =>
        Batches.AddOrUpdate(batch, static _ => (0, 0), static (_, was) => (was.Now - 1, was.Most));

    /// <summary>How many do it now.</summary>
    /// <param name="batch">The batch.</param>
    /// <returns>The number.</returns>
    public static int Now(string batch) => Batches.GetValueOrDefault(batch).Now;

    /// <summary>How many did it at most.</summary>
    /// <param name="batch">The batch.</param>
    /// <returns>The number.</returns>
    public static int Most(string batch) => Batches.GetValueOrDefault(batch).Most;
}
