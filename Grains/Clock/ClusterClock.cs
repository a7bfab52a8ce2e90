namespace Orleans.Workflows.Grains.Clock;

/// <summary>
/// The engine's clock: the cluster's time as this silo reckons it. Until the first reading of a database's clock, and
/// for good where silos share no database, it is the services' own clock.
/// </summary>
internal sealed class ClusterClock(TimeProvider own) : TimeProvider
{
    private readonly long _began = own.GetTimestamp();
    private volatile Reckoned? _reckoned;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => own.LocalTimeZone;

    /// <inheritdoc/>
    public override long TimestampFrequency => own.TimestampFrequency;

    /// <summary>The monotonic time since the clock was made.</summary>
    public TimeSpan Elapsed => own.GetElapsedTime(_began);

    /// <summary>What the silo's own clock shows, right or wrong.</summary>
    public DateTimeOffset Own => own.GetUtcNow();

    /// <summary>
    /// What was created before this time was perhaps given its deadline by another time than the cluster has now: the
    /// silo's own clock was behind the cluster's when the silo started, and nobody can say which one has jumped
    /// meanwhile.
    /// </summary>
    public DateTimeOffset DoubtedBefore { get; private set; }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() =>
        _reckoned is { } reckoned ? reckoned.Reckoning.At(Elapsed) : own.GetUtcNow();

    /// <inheritdoc/>
    public override long GetTimestamp() => own.GetTimestamp();

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        own.CreateTimer(callback, state, dueTime, period);

    /// <summary>Sets the clock, once.</summary>
    /// <param name="elapsed">When, by <see cref="Elapsed"/>.</param>
    /// <param name="time">The cluster's time then.</param>
    /// <param name="isDoubted">Whether the silo's own clock was behind it.</param>
    public void Set(TimeSpan elapsed, DateTimeOffset time, bool isDoubted)
    {
        DoubtedBefore = isDoubted ? time + (Elapsed - elapsed) : DateTimeOffset.MinValue;
        _reckoned = new Reckoned(new Reckoning(elapsed, time, TimeSpan.Zero));
    }

    /// <summary>Draws the clock towards the cluster's time.</summary>
    /// <param name="elapsed">When, by <see cref="Elapsed"/>.</param>
    /// <param name="target">The cluster's time then.</param>
    public void Draw(TimeSpan elapsed, DateTimeOffset target)
    {
        // From now on, not from then on: what was read meanwhile is not taken back.
        var now = Elapsed;
        _reckoned = new Reckoned(_reckoned!.Reckoning.Toward(now, target + (now - elapsed)));
    }

    /// <summary>Adds time that has passed without the monotonic clock.</summary>
    public void Add(TimeSpan slept) => _reckoned = new Reckoned(_reckoned!.Reckoning.After(slept));

    /// <summary>Where the clock is drawn to: almost always what it shows.</summary>
    /// <param name="elapsed">When, by <see cref="Elapsed"/>.</param>
    public DateTimeOffset Goal(TimeSpan elapsed) => _reckoned!.Reckoning.Goal(elapsed);

    /// <summary>
    /// A time that has surely come, for what ends a process: no clock that was wrong for a while makes it come sooner.
    /// </summary>
    public DateTimeOffset Surely(DateTimeOffset createdAt)
    {
        var now = GetUtcNow();
        return createdAt < DoubtedBefore && own.GetUtcNow() is var mine && mine < now ? mine : now;
    }

    /// <summary>In one reference, so that readers see one reckoning and no half of another.</summary>
    private sealed record Reckoned(Reckoning Reckoning);
}
