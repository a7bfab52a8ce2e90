using Microsoft.Extensions.Logging;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Grains.Telemetry;

namespace Orleans.Workflows.Grains.Clock;

/// <summary>
/// Keeps this silo's reckoning by its cluster's time, which is the database's clock. When that clock jumps, all silos
/// notice: their monotonic clocks went on as before. The first to notice writes down by how much, and from then on the
/// cluster's time is the database's clock and that correction, which fades as slowly as clocks are slewed. So a jump
/// makes nothing late and ends nothing early, also in a silo that starts after it. A silo's own clock, right or wrong,
/// is never reckoned with; it only makes a starting silo look twice.
/// </summary>
internal sealed partial class ClockKeeper(
    IClusterRecord record,
    ClusterClock clock,
    WorkflowInstruments instruments,
    ILogger<ClockKeeper> logger)
{
    /// <summary>How often the offset is measured.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>From which offset on a silo's clock is worth a warning.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long a silo that starts waits for others to correct a database whose clock is not its own: they look twice
    /// within it, and more.
    /// </summary>
    private static readonly TimeSpan DoubtLimit = 3 * Interval;

    private static readonly TimeSpan DoubtInterval = TimeSpan.FromMilliseconds(500);

    /// <summary>The first readings of a connection are slow; the quickest counts.</summary>
    private const int FirstReadings = 5;

    private readonly MachineSleep _sleep = new(clock);
    private readonly ILogger _logger = logger;
    private long _corrections;
    private bool _warned;

    /// <summary>Sets the clock, before anything is reckoned by it.</summary>
    /// <exception cref="StoreUnavailableException">The database cannot be reached.</exception>
    public async Task SetAsync(CancellationToken cancellationToken)
    {
        var trip = await QuickestAsync(cancellationToken);
        var began = clock.Elapsed;
        while (IsDoubted(trip) && clock.Elapsed - began < DoubtLimit)
        {
            // Either this silo's clock is wrong, or the database's has just jumped and the others are about to say so.
            await Task.Delay(DoubtInterval, TimeProvider.System, cancellationToken);
            var next = await ReadAsync(cancellationToken);
            if (next.Reading.Corrections != trip.Reading.Corrections)
            {
                trip = next;
                break;
            }
        }

        _corrections = trip.Reading.Corrections;
        _sleep.Take();
        Tell(trip);
        clock.Set(trip.At, trip.ClusterTime, isDoubted: OwnAt(trip) < trip.ClusterTime - Tolerance);
    }

    /// <summary>Measures the offset and draws the clock.</summary>
    /// <returns>The id of the cluster that has the database.</returns>
    /// <exception cref="StoreUnavailableException">
    /// The database cannot be reached; then the clock goes on as before.
    /// </exception>
    public async Task<string?> MeasureAsync(CancellationToken cancellationToken)
    {
        var trip = await ReadAsync(cancellationToken);
        if (_sleep.Take() is var slept && slept > TimeSpan.Zero)
        {
            clock.Add(slept);
        }
        else
        {
            if (trip.Took < Tolerance)
            {
                Tell(trip);
            }

            await DrawAsync(trip, cancellationToken);
        }

        return trip.Reading.ClusterId;
    }

    private async Task DrawAsync(Trip trip, CancellationToken cancellationToken)
    {
        // Against where it is drawn to: what it already makes up for is no news.
        var goal = clock.Goal(trip.At);
        var difference = trip.Beyond(goal);
        if (difference.Duration() <= Reckoning.Small)
        {
            _corrections = trip.Reading.Corrections;
            clock.Draw(trip.At, goal + difference);
        }
        else if (trip.Reading.Corrections <= _corrections)
        {
            // Nobody has said so yet, so it is the database's clock that has jumped, and not this silo that is not as
            // far as the others.
            var correction = trip.Correction - difference;
            if (await record.CorrectAsync(trip.Reading, correction, cancellationToken))
            {
                _corrections = trip.Reading.Corrections + 1;
                LogJump(difference, correction);
            }
        }
        else
        {
            _corrections = trip.Reading.Corrections;
            LogBehind(difference);
            clock.Draw(trip.At, goal + difference);
        }
    }

    private async Task<Trip> QuickestAsync(CancellationToken cancellationToken)
    {
        var best = await ReadAsync(cancellationToken);
        for (var more = 1; more < FirstReadings; more++)
        {
            var next = await ReadAsync(cancellationToken);
            best = next.Took < best.Took ? next : best;
        }

        return best;
    }

    private async Task<Trip> ReadAsync(CancellationToken cancellationToken)
    {
        var left = clock.Elapsed;
        var reading = await record.ReadAsync(cancellationToken);
        return new Trip(reading, left, clock.Elapsed);
    }

    private bool IsDoubted(Trip trip) => (trip.ClusterTime - OwnAt(trip)).Duration() > Tolerance;

    private DateTimeOffset OwnAt(Trip trip) => clock.Own - (clock.Elapsed - trip.At);

    private void Tell(Trip trip)
    {
        var offset = trip.DatabaseTime - OwnAt(trip);
        instruments.ClockMeasured(offset);
        var isFar = offset.Duration() > Tolerance;
        if (isFar && !_warned)
        {
            LogFar(offset);
            instruments.ClockWarned();
        }
        else if (!isFar && _warned)
        {
            LogNear(offset);
        }

        _warned = isFar;
    }

    [LoggerMessage(
        400060,
        LogLevel.Warning,
        "The database's clock is {Offset} ahead of this machine's (behind it, if negative). The silo goes by the "
        + "cluster's time, so nothing ends early for it; set the clock that is wrong right."
    )]
    private partial void LogFar(TimeSpan offset);

    [LoggerMessage(400061, LogLevel.Information, "The database's clock and this machine's agree again: {Offset}.")]
    private partial void LogNear(TimeSpan offset);

    [LoggerMessage(
        400062,
        LogLevel.Warning,
        "The database's clock has jumped by {Jump}. The cluster's time goes on as it was, {Correction} ahead of that "
        + "clock, and draws near to it slowly."
    )]
    private partial void LogJump(TimeSpan jump, TimeSpan correction);

    [LoggerMessage(
        400063,
        LogLevel.Warning,
        "This silo's reckoning was {Difference} behind the cluster's time (ahead, if negative). It is drawn to it "
        + "without going back."
    )]
    private partial void LogBehind(TimeSpan difference);

    /// <summary>
    /// A reading, and when it left and was back by the monotonic clock. Its time is that of the middle.
    /// </summary>
    private sealed record Trip(ClusterReading Reading, TimeSpan Left, TimeSpan At)
    {
        public TimeSpan Took => At - Left;

        public DateTimeOffset DatabaseTime => Reading.Time + (Took / 2);

        /// <summary>What is left of the correction: it fades at the rate at which clocks are slewed.</summary>
        public TimeSpan Correction
        {
            get
            {
                var since = Reading.Time - Reading.CorrectedAt;
                var faded = since > TimeSpan.Zero ? since * (Reckoning.Gentle / 2) : TimeSpan.Zero;
                var left = Reading.Correction.Duration() - faded;
                return left <= TimeSpan.Zero ? TimeSpan.Zero : Reading.Correction < TimeSpan.Zero ? -left : left;
            }
        }

        public DateTimeOffset ClusterTime => DatabaseTime + Correction;

        /// <summary>
        /// How far the cluster's time is at least from another one: the reading may have been taken at either end of
        /// the way.
        /// </summary>
        public TimeSpan Beyond(DateTimeOffset reckoned)
        {
            var difference = ClusterTime - reckoned;
            var least = difference.Duration() - (Took / 2);
            return least <= TimeSpan.Zero ? TimeSpan.Zero : difference < TimeSpan.Zero ? -least : least;
        }
    }
}
