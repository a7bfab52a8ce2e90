namespace Orleans.Workflows.Grains.Clock;

/// <summary>
/// A time that is reckoned from one reading by the monotonic clock of the machine, and drawn towards later readings. It
/// never goes back and never leaps: a difference is spread over the time to come, at a rate that is bounded both ways.
/// </summary>
/// <param name="Elapsed">What the monotonic clock showed.</param>
/// <param name="Time">The time at that moment.</param>
/// <param name="Rest">What is still to be added to it, or taken away.</param>
internal readonly record struct Reckoning(TimeSpan Elapsed, DateTimeOffset Time, TimeSpan Rest)
{
    /// <summary>
    /// The rate for differences up to <see cref="Small"/>: one in 2,000, as operating systems slew their clocks.
    /// </summary>
    public const double Gentle = 0.0005;

    /// <summary>The rate for larger ones, which only a silo has that is not as far as its cluster.</summary>
    public const double Brisk = 0.5;

    /// <summary>The largest difference that drift and slow round trips make.</summary>
    public static readonly TimeSpan Small = TimeSpan.FromMilliseconds(250);

    /// <summary>The time at a moment.</summary>
    public DateTimeOffset At(TimeSpan elapsed)
    {
        var passed = elapsed - Elapsed;
        return Time + passed + Absorbed(passed);
    }

    /// <summary>Where the time is drawn to: what it would be with the rest.</summary>
    public DateTimeOffset Goal(TimeSpan elapsed) => Time + (elapsed - Elapsed) + Rest;

    /// <summary>Draws the time towards another one.</summary>
    /// <param name="elapsed">What the monotonic clock shows.</param>
    /// <param name="target">The time as it should be now.</param>
    public Reckoning Toward(TimeSpan elapsed, DateTimeOffset target)
    {
        var now = At(elapsed);
        return new Reckoning(elapsed, now, target - now);
    }

    /// <summary>Adds time that has passed without the monotonic clock.</summary>
    public Reckoning After(TimeSpan slept) => this with { Time = Time + slept };

    private TimeSpan Absorbed(TimeSpan passed)
    {
        var brisk = Rest.Duration() - Small;
        var whileBrisk = brisk > TimeSpan.Zero ? brisk / Brisk : TimeSpan.Zero;
        var absorbed = passed <= whileBrisk
            ? passed * Brisk
            : (brisk > TimeSpan.Zero ? brisk : TimeSpan.Zero) + ((passed - whileBrisk) * Gentle);
        var bounded = absorbed < Rest.Duration() ? absorbed : Rest.Duration();
        return Rest < TimeSpan.Zero ? -bounded : bounded;
    }
}
