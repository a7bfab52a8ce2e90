using Microsoft.Extensions.Logging;
using Orleans.Workflows.Grains.Running;

namespace Orleans.Workflows.Unit.Running;

public sealed class StepLoggerTests
{
    [Fact]
    public void Line_OfAStep_CarriesTheProcess()
    {
        var inner = new Scopes();
        var logger = new StepLogger(inner, [new("ProcessId", "order-1"), new("Step", "Pack"), new("Attempt", 2)]);

        logger.Log(LogLevel.Information, default, "packed", null, static (text, _) => text);

        inner.Lines.ShouldBe(["packed [ProcessId=order-1, Step=Pack, Attempt=2]"]);
    }

    private sealed class Scopes : ILogger
    {
        private string _scope = "";

        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            _scope = state is IEnumerable<KeyValuePair<string, object?>> pairs
                ? string.Join(", ", pairs.Select(pair => $"{pair.Key}={pair.Value}"))
                : "";
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter) => Lines.Add($"{formatter(state, exception)} [{_scope}]");
    }
}
