using Microsoft.Extensions.Logging;
using Orleans.Serialization;

namespace Orleans.Workflows.Grains.Telemetry;

/// <summary>
/// The logger of a part of Orleans or of the engine. It passes on what it gets, but for this: what they say of a
/// database that is away goes to <see cref="StoreOutage"/>, which says it once; and what Orleans says of itself and is
/// not so, or no news; and its lines on calls that came too late go to <see cref="LateCalls"/>.
/// </summary>
/// <remarks>
/// A filter by category could not do it, since it does not see the error. A level of Debug for the category has
/// everything passed on.
/// </remarks>
internal sealed class QuietLogger(string category, ILogger inner, StoreOutage outage, LateCalls late) : ILogger
{
    /// <summary>Orleans' hints that the collector of servers is off, which is for a host to decide.</summary>
    private const int CollectorHint = 100405;

    /// <summary>
    /// Orleans' watchdog on a check that does not end. It may look before the first check has begun, and then takes the
    /// time since the machine's start for its age.
    /// </summary>
    private const int CheckStalled = 100150;

    /// <summary>Orleans on calls that waited here for longer than their callers do, one line for each.</summary>
    private const int Expired = 101038;

    /// <summary>Orleans on calls from here without an answer in time, or to a silo that is gone.</summary>
    private const int Unanswered = 100157;

    /// <summary>
    /// Orleans on members that have not written that they live, which they cannot while the database is away.
    /// </summary>
    private const int Unwritten = 100625;

    /// <summary>Orleans on a start that fails. The exception goes to the host, and says all there is to say.</summary>
    private static readonly int[] StartFailures = [100439, 100450];

    /// <summary>
    /// Whether it has no other database to speak of than those that the engine works with. Storage and grains may speak
    /// of the user's.
    /// </summary>
    private readonly bool _usesOurDatabase =
        category.StartsWith("Orleans.Runtime.MembershipService", StringComparison.Ordinal)
        || category.StartsWith("Orleans.Runtime.ReminderService", StringComparison.Ordinal)
        || category.StartsWith(QuietLoggers.Engine, StringComparison.Ordinal);

    private readonly long _made = TimeProvider.System.GetTimestamp();

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => inner.BeginScope(state);

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

    /// <inheritdoc/>
    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        if (
            !(IsOfOutage(exception, state, formatter)
                || IsLate(eventId.Id)
                || IsNoNews(eventId.Id, state, exception))
            || inner.IsEnabled(LogLevel.Debug))
        {
            inner.Log(logLevel, eventId, state, exception, formatter);
        }
    }

    private bool IsOfOutage<TState>(Exception? exception, TState state, Func<TState, Exception?, string> formatter)
    {
        if (exception is not null && StoreOutage.IsAway(exception))
        {
            if (!_usesOurDatabase && !outage.IsOn && !IsOfControlPlane(exception, state, formatter))
            {
                return false;
            }

            outage.Failed(exception.GetBaseException().Message);
            return true;
        }

        if (exception is null || !outage.IsOn || !IsOfLostCall(exception))
        {
            return false;
        }

        outage.FailedCall(exception.GetBaseException().Message);
        return true;
    }

    /// <summary>
    /// Whether a line is on the engine's own grains, or on the storage that they use: those may be the first to meet an
    /// outage.
    /// </summary>
    private static bool IsOfControlPlane<TState>(
        Exception exception,
        TState state,
        Func<TState, Exception?, string> formatter)
    {
        var text = $"{formatter(state, exception)} {exception.Message}";
        return text.Contains(" owf.", StringComparison.Ordinal)
            || text.Contains($"ProviderName={ControlPlane.StorageName} ", StringComparison.Ordinal);
    }

    /// <summary>What comes of a call to a grain that cannot reach its database, maybe in another silo.</summary>
    private static bool IsOfLostCall(Exception exception) =>
        exception
            is TimeoutException
                or OperationCanceledException
                or OrleansException
                or UnavailableExceptionFallbackException;

    /// <summary>Calls that come too late while the database is away are part of that, and not said at all.</summary>
    private bool IsLate(int eventId)
    {
        if (eventId is not (Expired or Unanswered))
        {
            return false;
        }

        if (outage.IsOn)
        {
            outage.FailedCall("calls were not answered in time");
        }
        else if (eventId == Expired)
        {
            late.Expired();
        }
        else
        {
            late.Unanswered();
        }

        return true;
    }

    private bool IsNoNews<TState>(int eventId, TState state, Exception? exception) => eventId switch
    {
        CollectorHint => true,
        Unwritten => outage.IsOn,
        CheckStalled => state is IReadOnlyList<KeyValuePair<string, object?>> values
            && values.Any(value => value.Value is TimeSpan since && since > TimeProvider.System.GetElapsedTime(_made)),
        _ => exception is WorkflowException && StartFailures.Contains(eventId),
    };
}
