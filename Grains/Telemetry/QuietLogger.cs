using Microsoft.Extensions.Logging;
using Orleans.Serialization;

namespace Orleans.Workflows.Grains.Telemetry;

/// <summary>
/// The logger of every class that asks for one by its own type. It passes on what it gets, but for this: what Orleans and the engine say of a
/// database that is away goes to <see cref="StoreOutage"/>, which says it once; and what Orleans says of itself and is not so, or no news.
/// </summary>
/// <typeparam name="T">The class.</typeparam>
/// <remarks>
/// A filter by category could not do it, since it does not see the error. What the code of users throws is logged by loggers that the factory
/// has made, which do not come here: a database of theirs is none of ours. A level of Debug for the category has everything passed on.
/// </remarks>
internal sealed class QuietLogger<T>(ILoggerFactory loggers, StoreOutage outage) : ILogger<T>
{
    /// <summary>Orleans' hints that the collector of servers is off, which is for a host to decide.</summary>
    private const int CollectorHint = 100405;

    /// <summary>Orleans' watchdog on a check that does not end. It may look before the first check has begun, and then takes the time since the machine's start for its age.</summary>
    private const int CheckStalled = 100150;

    /// <summary>Orleans on a start that fails. The exception goes to the host, and says all there is to say.</summary>
    private static readonly int[] StartFailures = [100439, 100450];

    private static readonly bool IsOrleans = typeof(T).Assembly.GetName().Name?.StartsWith("Orleans.", StringComparison.Ordinal) == true;

    /// <summary>Who has no other database to speak of. Reminders, storage and grains may speak of the user's.</summary>
    private static readonly bool UsesOurDatabase = typeof(T).Namespace is { } name
        && (name.StartsWith("Orleans.Runtime.MembershipService", StringComparison.Ordinal) || name.StartsWith("Orleans.Workflows.", StringComparison.Ordinal));

    private readonly ILogger _inner = loggers.CreateLogger<T>();
    private readonly long _made = TimeProvider.System.GetTimestamp();

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => _inner.BeginScope(state);

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => _inner.IsEnabled(logLevel);

    /// <inheritdoc/>
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsOrleans || !(IsOfOutage(exception) || IsNoNews(eventId.Id, state, exception)) || _inner.IsEnabled(LogLevel.Debug))
        {
            _inner.Log(logLevel, eventId, state, exception, formatter);
        }
    }

    private bool IsOfOutage(Exception? exception)
    {
        if (exception is not null && StoreOutage.IsAway(exception))
        {
            if (!UsesOurDatabase && !outage.IsOn)
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

    /// <summary>What comes of a call to a grain that cannot reach its database, maybe in another silo.</summary>
    private static bool IsOfLostCall(Exception exception) =>
        exception is TimeoutException or OperationCanceledException or OrleansException or UnavailableExceptionFallbackException;

    private bool IsNoNews<TState>(int eventId, TState state, Exception? exception) => eventId switch
    {
        CollectorHint => true,
        CheckStalled => state is IReadOnlyList<KeyValuePair<string, object?>> values
            && values.Any(value => value.Value is TimeSpan since && since > TimeProvider.System.GetElapsedTime(_made)),
        _ => exception is Abstractions.WorkflowException && StartFailures.Contains(eventId),
    };
}
