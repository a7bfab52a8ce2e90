namespace Orleans.Workflows.Grains.Overload;

/// <summary>What a silo measures of itself.</summary>
/// <param name="Memory">
/// How much of its memory it uses, 0 to 1, without what the next collection frees; and the limit in bytes.
/// </param>
/// <param name="PoolDelay">How long a work item waits for a thread of the pool.</param>
internal sealed record LoadReadings(Func<(double Used, long Limit)> Memory, Func<TimeSpan> PoolDelay);
