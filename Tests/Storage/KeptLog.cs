using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Orleans.Workflows.StorageTests;

/// <summary>Keeps what a store logs.</summary>
/// <typeparam name="TStore">The store.</typeparam>
internal sealed class KeptLog<TStore> : ILogger<TStore>
{
    /// <summary>The lines.</summary>
    public ConcurrentQueue<string> Lines { get; } = [];

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => true;

    /// <inheritdoc/>
    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    ) => Lines.Enqueue($"{logLevel} {formatter(state, exception)} {exception?.Message}");
}
