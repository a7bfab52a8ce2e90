using Microsoft.Extensions.Logging;

namespace Orleans.Workflows.Grains.Running;

/// <summary>Writes log lines that carry the process, its step and the attempt as a scope.</summary>
internal sealed class StepLogger(ILogger inner, IReadOnlyList<KeyValuePair<string, object?>> scope) : ILogger
{
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
        if (IsEnabled(logLevel))
        {
            using (inner.BeginScope(scope))
            {
                inner.Log(logLevel, eventId, state, exception, formatter);
            }
        }
    }
}
