namespace Orleans.Workflows.RandomPrograms.Chaos;

/// <summary>The clock of one silo, which is ahead of the others or behind them.</summary>
/// <param name="time">The clock of all.</param>
/// <param name="skew">How much it is ahead.</param>
public sealed class SkewedTime(TimeProvider time, TimeSpan skew) : TimeProvider
{
    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => time.LocalTimeZone;

    /// <inheritdoc/>
    public override long TimestampFrequency => time.TimestampFrequency;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => time.GetUtcNow() + skew;

    /// <inheritdoc/>
    public override long GetTimestamp() => time.GetTimestamp();

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        time.CreateTimer(callback, state, dueTime, period);
}
