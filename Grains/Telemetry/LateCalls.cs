using Microsoft.Extensions.Logging;

namespace Orleans.Workflows.Grains.Telemetry;

/// <summary>
/// Says how many calls came too late, once for all of them. Orleans has a line for each, and a flood of calls to one
/// process makes hundreds.
/// </summary>
internal sealed partial class LateCalls : IDisposable
{
    /// <summary>For how long they are counted before the first line: a flood is one.</summary>
    public static readonly TimeSpan Gathering = TimeSpan.FromSeconds(5);

    /// <summary>How often it is said while they go on coming.</summary>
    public static readonly TimeSpan Again = TimeSpan.FromMinutes(1);

    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Lock _lock = new();
    private readonly ITimer _timer;
    private long _expired;
    private long _unanswered;
    private long _since;
    private long _said;

    /// <summary>Makes a count that is zero.</summary>
    public LateCalls(ILoggerFactory loggers, TimeProvider time)
    {
        (_time, _logger) = (time, loggers.CreateLogger<LateCalls>());
        _timer = time.CreateTimer(
            static own => ((LateCalls)own!).Say(),
            this,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
    }

    /// <summary>Takes note of one to this silo, which is not carried out.</summary>
    public void Expired() => Count(ref _expired);

    /// <summary>Takes note of one from this silo that had no answer in time, or whose silo is gone.</summary>
    public void Unanswered() => Count(ref _unanswered);

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private void Count(ref long count)
    {
        lock (_lock)
        {
            var isFirst = _expired + _unanswered == 0;
            count++;
            if (isFirst)
            {
                _since = _time.GetTimestamp();
                var wait = _said == 0 ? Gathering : Again - _time.GetElapsedTime(_said, _since);
                _timer.Change(wait > Gathering ? wait : Gathering, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private void Say()
    {
        long expired, unanswered;
        TimeSpan duration;
        lock (_lock)
        {
            _said = _time.GetTimestamp();
            duration = _time.GetElapsedTime(_since, _said);
            (expired, unanswered, _expired, _unanswered) = (_expired, _unanswered, 0, 0);
        }

        LogLate(expired, duration, unanswered);
    }

    [LoggerMessage(
        400025,
        LogLevel.Warning,
        "{Expired} calls that came to this silo in {Duration} had waited for longer than their callers do, and were "
        + "not carried out; {Unanswered} calls from it had no answer in time. Who called was told so, and clients "
        + "repeat what they have sent. More came at once than the silo, or one process, can take; the level Debug "
        + "for the category 'Orleans' names each."
    )]
    private partial void LogLate(long expired, TimeSpan duration, long unanswered);
}
