using System.Data.Common;
using Microsoft.Extensions.Logging;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Grains.Telemetry;

/// <summary>
/// Says once for the whole silo that its database is away, and that it is back. Without it each process and each part
/// of Orleans would say so, again and again.
/// </summary>
/// <remarks>Its own lines go past <see cref="QuietLogger"/>, which asks it.</remarks>
internal sealed partial class StoreOutage(ILoggerFactory loggers, TimeProvider time)
{
    /// <summary>
    /// For how long nothing may have failed before the database counts as back: one that comes and goes is one outage.
    /// </summary>
    public static readonly TimeSpan Calm = TimeSpan.FromSeconds(3);

    /// <summary>
    /// The same where commits were refused and only reads tell that it is back: a process tries its commit again within
    /// this time, and may be refused while others read.
    /// </summary>
    public static readonly TimeSpan CalmOfReads = TimeSpan.FromSeconds(15);

    /// <summary>How often an outage that goes on is said again.</summary>
    public static readonly TimeSpan Again = TimeSpan.FromMinutes(1);

    private readonly ILogger _logger = loggers.CreateLogger<StoreOutage>();
    private readonly Lock _lock = new();
    private volatile bool _isOn;
    private long _began;
    private long _failed;
    private long _refused;
    private long _said;
    private long _failures;

    /// <summary>Whether the database is away. What fails meanwhile, fails for that.</summary>
    public bool IsOn => _isOn;

    /// <summary>
    /// Whether an error says that a database cannot be reached or does not let the silo in, whoever else is told so on
    /// the way.
    /// </summary>
    /// <returns>Whether it does. Not for a lock, a conflict or a table that is not there.</returns>
    public static bool IsAway(Exception? exception) => exception switch
    {
        null => false,
        StoreUnavailableException => true,
        DbException { SqlState: null, IsTransient: true } => true,

        // Of the SQL standard: connections, who may connect, resources; of PostgreSQL: operator intervention, errors of
        // the system.
        DbException
        {
            SqlState: ['0', '8', ..] or ['2', '8', ..] or ['5', '3', ..] or ['5', '7', 'P', ..] or ['5', '8', ..]
        } => true,
        AggregateException several => several.InnerExceptions.Any(IsAway),
        _ => IsAway(exception.InnerException),
    };

    /// <summary>Takes note that an operation has failed because the database is away.</summary>
    public void Failed(string? reason) => Failed(reason, isOfStore: true);

    /// <summary>Takes note that a commit was refused because the database is away.</summary>
    public void Refused(string? reason)
    {
        lock (_lock)
        {
            _refused = time.GetTimestamp();
            Failed(reason);
        }
    }

    /// <summary>
    /// Takes note of a call that failed, as it may for an outage that is on. It does not make that last longer.
    /// </summary>
    public void FailedCall(string? reason) => Failed(reason, isOfStore: false);

    private void Failed(string? reason, bool isOfStore)
    {
        lock (_lock)
        {
            if (!isOfStore && !_isOn)
            {
                return;
            }

            var now = time.GetTimestamp();
            _failed = isOfStore ? now : _failed;
            if (!_isOn)
            {
                (_isOn, _began, _said, _failures) = (true, _failed, _failed, 1);
                LogAway(reason);
                return;
            }

            _failures++;
            if (time.GetElapsedTime(_said, now) >= Again)
            {
                _said = now;
                LogStillAway(time.GetElapsedTime(_began, now), _failures, reason);
            }
        }
    }

    /// <summary>Takes note that something was written. Costs the reading of a field while all is well.</summary>
    public void Worked() => End(isWritten: true);

    /// <summary>Takes note that something was read. Costs the reading of a field while all is well.</summary>
    public void Answered() => End(isWritten: false);

    private void End(bool isWritten)
    {
        if (!_isOn)
        {
            return;
        }

        lock (_lock)
        {
            var isTrusted = isWritten || _refused == 0 || time.GetElapsedTime(_refused) >= CalmOfReads;
            if (_isOn && isTrusted && time.GetElapsedTime(_failed) >= Calm)
            {
                (_isOn, _refused) = (false, 0);
                LogBack(time.GetElapsedTime(_began, _failed), _failures);
            }
        }
    }

    [LoggerMessage(
        400001,
        LogLevel.Warning,
        "The store is unavailable: {Reason} What waits for it is tried again, and nothing that was acknowledged is "
        + "lost. Until it is back, what fails "
        + "for it is counted, and not logged.")]
    private partial void LogAway(string? reason);

    [LoggerMessage(
        400007,
        LogLevel.Warning,
        "The store has been unavailable for {Duration}; {Failures} operations have failed for it, the last one with: "
        + "{Reason}"
    )]
    private partial void LogStillAway(TimeSpan duration, long failures, string? reason);

    [LoggerMessage(
        400008,
        LogLevel.Warning,
        "The store is available again. It was not for {Duration}, for which {Failures} operations have failed."
    )]
    private partial void LogBack(TimeSpan duration, long failures);
}
