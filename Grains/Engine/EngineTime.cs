namespace Orleans.Workflows.Grains.Engine;

/// <summary>Adds times without leaving the calendar.</summary>
internal static class EngineTime
{
    /// <summary>A time some while later.</summary>
    /// <param name="time">The time.</param>
    /// <param name="by">
    /// How much later; less than zero counts as zero, a part of a millisecond as a whole one: finer the engine does not
    /// tell the time.
    /// </param>
    /// <returns>The later time; the calendar's last when it would be beyond that.</returns>
    public static DateTimeOffset Later(this DateTimeOffset time, TimeSpan by)
    {
        if (by <= TimeSpan.Zero)
        {
            return time;
        }

        var room = DateTimeOffset.MaxValue - time;
        var part = by.Ticks % TimeSpan.TicksPerMillisecond;
        return by >= room - TimeSpan.FromMilliseconds(1)
            ? DateTimeOffset.MaxValue
            : time + by + TimeSpan.FromTicks(part == 0 ? 0 : TimeSpan.TicksPerMillisecond - part);
    }

    /// <summary>A time some while later, if there is such a while.</summary>
    /// <param name="time">The time.</param>
    /// <param name="by">How much later; null for never.</param>
    /// <returns>The later time; null for never.</returns>
    public static DateTimeOffset? Later(this DateTimeOffset time, TimeSpan? by) =>
        by is { } length ? time.Later(length) : null;
}
