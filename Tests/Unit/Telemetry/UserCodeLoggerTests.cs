using Microsoft.Extensions.Logging;
using Orleans.Workflows.Grains.Telemetry;

namespace Orleans.Workflows.Unit.Telemetry;

/// <summary>Lines on exceptions whose own text throws, or has no end.</summary>
public sealed class UserCodeLoggerTests
{
    private readonly Provider _provider = new();

    [Theory]
    [InlineData("throws")]
    [InlineData("long")]
    [InlineData("deep")]
    public void Exception_WhoseTextIsNoGood_IsSaidAsFarAsItIsKept(string what)
    {
        Exception exception = what switch
        {
            "throws" => new OddException(),
            "long" => new InvalidOperationException(new string('x', 10_000_000)),
            _ => Enumerable
                .Range(0, 1_000)
                .Aggregate(new InvalidOperationException("first"), static (inner, n) =>
                    new InvalidOperationException($"{n}", inner)),
        };

        Say(_provider, exception);

        _provider.Lines.ShouldHaveSingleItem().ShouldStartWith($"It failed. {exception.GetType()}: ");
        _provider.Lines[0].Length.ShouldBeLessThan(30_000);
    }

    [Fact]
    public void Exception_OfTheUsualKind_IsPassedOnWhole()
    {
        Say(_provider, new InvalidOperationException("no"));

        _provider.Lines.ShouldHaveSingleItem().ShouldBe("It failed.System.InvalidOperationException: no");
    }

    [Fact]
    public void ProviderThatFails_ReachesNobody() =>
        Say(new Provider { Fails = true }, new InvalidOperationException("no"));

    private static void Say(Provider provider, Exception exception) =>
        new UserCodeLogger(provider).Log(LogLevel.Warning, default, "It failed.", exception, static (text, _) => text);

    private sealed class OddException : Exception
    {
        public override string Message => throw new InvalidOperationException("not even this");
    }

    private sealed class Provider : ILogger
    {
        public List<string> Lines { get; } = [];

        public bool Fails { get; init; }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter) =>
            Lines.Add(
                Fails ? throw new InvalidOperationException("no room") : $"{formatter(state, exception)}{exception}");
    }
}
