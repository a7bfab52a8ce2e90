namespace Orleans.Workflows.Grains.Engine;

/// <summary>Adds times without leaving the calendar.</summary>
internal static class EngineTime
{
    /// <summary>A time some while later.</summary>
    /// <param name="time">The time.</param>
    /// <param name="by">How much later; less than zero counts as zero.</param>
    /// <returns>The later time; the calendar's last when it would be beyond that.</returns>
    public static DateTimeOffset Later(this DateTimeOffset time, TimeSpan by) =>
        by <= TimeSpan.Zero ? time : by >= DateTimeOffset.MaxValue - time ? DateTimeOffset.MaxValue : time + by;

    /// <summary>A time some while later, if there is such a while.</summary>
    /// <param name="time">The time.</param>
    /// <param name="by">How much later; null for never.</param>
    /// <returns>The later time; null for never.</returns>
    public static DateTimeOffset? Later(this DateTimeOffset time, TimeSpan? by) => by is { } length ? time.Later(length) : null;
}
