using Microsoft.Extensions.Logging;

namespace Orleans.Workflows.Grains.Telemetry;

/// <summary>
/// The logger for what the code of users throws. Its text is code of theirs too, and may throw where a provider writes
/// it: then the line says what it can. A line that cannot be written at all must not become another error of the
/// process that it speaks of.
/// </summary>
internal sealed class UserCodeLogger(ILogger inner) : ILogger
{
    /// <summary>The category of what is said of processes.</summary>
    public const string Processes = "Orleans.Workflows.Processes";

    /// <summary>The category of what hooks and listeners throw: the class that calls them.</summary>
    public const string Observers = "Orleans.Workflows.Grains.Running.TransitionObservers";

    private const int MostCauses = 20;

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
        if ((exception is null || !IsLong(exception)) && TryLog(exception, formatter))
        {
            return;
        }

        var failure = exception is null ? null : FailureInfo.From(exception);
        TryLog(exception: null, (values, none) =>
            $"{formatter(values, none)} {failure}{Environment.NewLine}{failure?.StackTrace}");

        bool TryLog(Exception? exception, Func<TState, Exception?, string> formatter)
        {
            try
            {
                inner.Log(logLevel, eventId, state, exception, formatter);
                return true;
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                // Of providers that fail there is nobody to tell.
                return false;
            }
        }
    }

    /// <summary>
    /// Whether a provider would write more of an exception than is stored of a failure: a message may have a hundred
    /// megabytes.
    /// </summary>
    private static bool IsLong(Exception exception)
    {
        var causes = 0;
        try
        {
            for (var cause = exception; cause is not null; cause = cause.InnerException)
            {
                if (++causes > MostCauses || cause.Message?.Length > WorkflowLimits.MaxFailureTextLength)
                {
                    return true;
                }
            }

            return false;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return true;
        }
    }
}
