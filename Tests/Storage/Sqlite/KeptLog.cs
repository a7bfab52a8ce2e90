using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Orleans.Workflows.Storage.Sqlite;

namespace Orleans.Workflows.StorageTests.Sqlite;

/// <summary>Keeps what a store logs.</summary>
internal sealed class KeptLog : ILogger<SqliteProcessStore>
{
    /// <summary>The lines.</summary>
    public ConcurrentQueue<string> Lines { get; } = [];

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => true;

    /// <inheritdoc/>
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue($"{logLevel} {formatter(state, exception)}");
}
