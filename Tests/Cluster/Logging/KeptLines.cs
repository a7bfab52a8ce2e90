using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Orleans.Workflows.Cluster.Logging;

/// <summary>Keeps what silos and clients log, with its values.</summary>
internal sealed class KeptLines : ILoggerProvider
{
    private readonly ConcurrentQueue<KeptLine> _lines = new();

    /// <summary>The lines of a process, in order.</summary>
    /// <param name="process">The process.</param>
    /// <returns>Those that have it as a value.</returns>
    public IReadOnlyList<KeptLine> Of(object process) =>
        [.. _lines.Where(line => $"{line.Values.GetValueOrDefault("ProcessId")}" == $"{process}")];

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
    }

    private sealed class Logger(KeptLines kept, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            var values = new Dictionary<string, object?>();
            foreach (var (name, value) in state as IReadOnlyList<KeyValuePair<string, object?>> ?? [])
            {
                values[name] = value;
            }

            kept._lines.Enqueue(
                new KeptLine(category, logLevel, eventId.Id, formatter(state, exception), exception, values));
        }
    }
}
