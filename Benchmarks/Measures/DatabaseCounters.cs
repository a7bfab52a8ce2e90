namespace Orleans.Workflows.Benchmarks.Measures;

/// <summary>What a server has done since it was started, or within a time.</summary>
/// <param name="Writes">Transactions that wrote: the transaction ids that it gave. Exact at any moment.</param>
/// <param name="Commits">
/// Transactions of the database by pg_stat_database, to which busy connections add once per second and idle ones after
/// ten.
/// </param>
/// <param name="WalBytes">Bytes of its log.</param>
/// <param name="CpuSeconds">The CPU time of all its processes; null when it is on another machine.</param>
internal sealed record DatabaseCounters(double Writes, double Commits, double WalBytes, double? CpuSeconds)
{
    /// <summary>What was done since a reading, without that which is done for a silo that has nothing to do.</summary>
    /// <param name="before">The reading.</param>
    /// <param name="background">What is done per second without load.</param>
    /// <param name="seconds">How long ago the reading was.</param>
    /// <returns>The difference. CPU time is not corrected.</returns>
    public DatabaseCounters Since(DatabaseCounters before, DatabaseCounters background, double seconds) => new(
        Writes - before.Writes - (background.Writes * seconds),
        Commits - before.Commits - (background.Commits * seconds),
        WalBytes - before.WalBytes - (background.WalBytes * seconds),
        CpuSeconds - before.CpuSeconds);
}
