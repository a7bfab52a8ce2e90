using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Orleans.Workflows.Unit;

/// <summary>Keeps what is logged, and tells of the first line that has a text.</summary>
internal sealed class LogLines : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<string>> _awaited = new();

    public IReadOnlyCollection<string> All => _lines;

    public Task<string> FirstAsync(string part)
    {
        var awaited = _awaited.GetOrAdd(part, static _ => new TaskCompletionSource<string>(
            TaskCreationOptions.RunContinuationsAsynchronously));
        Tell();
        return awaited.Task;
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public LogLevel Least { get; init; } = LogLevel.Information;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= Least;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            _lines.Enqueue(formatter(state, exception));
            Tell();
        }
    }

    public void Dispose()
    {
    }

    private void Tell()
    {
        foreach (var (part, awaited) in _awaited)
        {
            if (_lines.FirstOrDefault(line => line.Contains(part, StringComparison.Ordinal)) is { } found)
            {
                awaited.TrySetResult(found);
            }
        }
    }
}
