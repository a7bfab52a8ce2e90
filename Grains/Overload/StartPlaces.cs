using System.Collections.Concurrent;
using System.Globalization;
using Orleans.Workflows.Abstractions;

namespace Orleans.Workflows.Grains.Overload;

/// <summary>
/// The places for starts that are under way in a silo, from their arrival to their answer (decision 23). Their number
/// follows the time that the answers take, whatever it is that starts wait for: threads, activations, the queue of the
/// store, or the database.
/// </summary>
/// <param name="time">The clock, of the machine.</param>
/// <param name="writeTime">How long a transaction of the store takes.</param>
internal sealed class StartPlaces(TimeProvider time, Func<TimeSpan> writeTime)
{
    /// <summary>The places of a silo that is not busy: a burst finds them.</summary>
    public const int Ample = 1_024;

    /// <summary>So few starts under way are no overload, however slow the machine is.</summary>
    public const int Fewest = 64;

    private const int Most = 16_384;

    /// <summary>How much of the way to what is wanted is gone with each window.</summary>
    private const double Share = 0.3;

    /// <summary>
    /// So many windows in a row must be slow before there are fewer places: a burst or a pause of the collector is no
    /// overload.
    /// </summary>
    private const int SlowWindows = 5;

    /// <summary>
    /// An answer waits for the transaction that is under way and for its own: a slow database alone is no overload.
    /// </summary>
    private const int Transactions = 3;

    private static readonly TimeSpan ShortestTarget = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(100);

    /// <summary>When nothing was answered for so long, the database is away: that is no overload.</summary>
    private static readonly TimeSpan Standstill = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<ProcessId, bool> _takenByGateway = new();
    private double _places = Ample;
    private int _underWay;
    private int _mostUnderWay;
    private int _answers;
    private TimeSpan _waited;
    private TimeSpan _mean;
    private StartShedding.Shortage? _full;
    private int _slow;
    private long _windowAt = time.GetTimestamp();
    private long _answeredAt = time.GetTimestamp();

    /// <summary>How many there are now.</summary>
    public int Count => (int)Volatile.Read(ref _places);

    /// <summary>Why a start would get none; null while some are free, and while nothing is answered at all.</summary>
    public StartShedding.Shortage? Shortage
    {
        get
        {
            lock (_lock)
            {
                return IsFull && !StandsStill ? Full() : null;
            }
        }
    }

    /// <summary>Whether starts are answered, and how soon.</summary>
    /// <param name="limit">How long the last answers took at most, on average.</param>
    /// <returns>Whether there were some within the last second, and they took no longer.</returns>
    public bool AreAnsweredWithin(TimeSpan limit)
    {
        lock (_lock)
        {
            return _mean > TimeSpan.Zero && _mean <= limit && !StandsStill;
        }
    }

    private bool IsFull => _underWay >= (int)_places;

    private bool StandsStill => time.GetElapsedTime(_answeredAt) >= Standstill;

    /// <summary>Takes one for a start that has arrived.</summary>
    /// <returns>Why there is none; null when it is taken, until <see cref="Answered"/>.</returns>
    public StartShedding.Shortage? Take()
    {
        lock (_lock)
        {
            if (_underWay == 0)
            {
                Wake();
            }

            if (IsFull)
            {
                return StandsStill ? Away() : Full();
            }

            _mostUnderWay = Math.Max(_mostUnderWay, ++_underWay);
            return null;
        }
    }

    /// <summary>Frees one: the start is answered.</summary>
    public void Answered(long arrivedAt)
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            _underWay--;
            _answers++;
            _waited += time.GetElapsedTime(arrivedAt, now);
            _answeredAt = now;
            if (time.GetElapsedTime(_windowAt, now) >= Window)
            {
                Adapt();
                BeginWindow(now);
            }
        }
    }

    /// <summary>Says that the gateway has taken a place for a process: its grain needs none.</summary>
    public bool Reserve(ProcessId id) => _takenByGateway.TryAdd(id, value: true);

    /// <summary>Takes that back.</summary>
    public void Forget(ProcessId id) => _takenByGateway.TryRemove(id, out _);

    /// <summary>Whether the gateway has taken a place for a process.</summary>
    public bool IsReserved(ProcessId id) => _takenByGateway.ContainsKey(id);

    /// <summary>
    /// A silo that was idle has answered nothing for long, too, and may be faster than when it was busy last.
    /// </summary>
    private void Wake()
    {
        var now = time.GetTimestamp();
        if (StandsStill)
        {
            _places = Math.Max(_places, Ample);
            _slow = 0;
            BeginWindow(now);
        }

        _answeredAt = now;
    }

    private void BeginWindow(long now) =>
        (_windowAt, _answers, _waited, _mostUnderWay, _full) = (now, 0, TimeSpan.Zero, _underWay, null);

    /// <summary>
    /// By Little's law, as many are wanted as make an answer take the target at the same rate of answers.
    /// </summary>
    private void Adapt()
    {
        var target = Target();
        _mean = _waited / _answers;
        _slow = _mean > target ? _slow + 1 : 0;
        var wanted = _mostUnderWay * 2 < _places ? Ample : _places * Math.Clamp(target / _mean, 0.5, 2);
        if (wanted > _places || _slow >= SlowWindows)
        {
            Volatile.Write(ref _places, Math.Clamp(_places + ((wanted - _places) * Share), Fewest, Most));
        }
    }

    private TimeSpan Target()
    {
        var transactions = writeTime() * Transactions;
        return transactions > ShortestTarget ? transactions : ShortestTarget;
    }

    /// <summary>Once in a window: a refusal must not cost what is missing to what was accepted.</summary>
    private StartShedding.Shortage Full() =>
        _full ??= new(
            StartShedding.Load,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{_underWay:N0} starts wait, as many as the silo takes at a time to answer each within about "
                + $"{Target().TotalMilliseconds:0} ms (the last took {_mean.TotalMilliseconds:0} ms). What was started "
                + $"goes on. Start it again later; if that stays so, add silos or a faster database."));

    private StartShedding.Shortage Away() =>
        new(
            nameof(StartStatus.Unavailable),
            $"{_underWay:N0} starts wait, and none was answered within {Standstill.TotalSeconds:0} s: the database is "
            + $"away or does not write, or steps hold all threads. Try again when that is over.")
        {
            IsAway = true,
        };
}
