using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Orleans.Workflows.Unit.ClientSdk;

/// <summary>What Orleans says of a client's connections is for those who ask for it by name.</summary>
public sealed class QuietConnectionsTests
{
    private const string Category = "Orleans.Messaging.GatewayManager";

    [Theory]
    [InlineData(false, "Logging:LogLevel:Default", "Trace")]
    [InlineData(false, "Logging:LogLevel:Orleans", "Information")]
    [InlineData(false, "Logging:Kept:LogLevel:Default", "Trace")]
    [InlineData(true, "Logging:LogLevel:Orleans", "Debug")]
    [InlineData(true, "Logging:LogLevel:Orleans.Messaging", "Trace")]
    [InlineData(true, "Logging:Kept:LogLevel:Orleans.Messaging", "Debug")]
    public void Line_OfTheGateways_IsPrintedForTheLevelDebugAlone(bool isPrinted, string key, string level)
    {
        var log = new KeptLog();
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration[key] = level;
        builder.Logging.AddConfiguration(builder.Configuration.GetSection("Logging")).AddProvider(log);
        builder.AddWorkflowClient();
        using var host = builder.Build();

        host.Services.GetRequiredService<ILoggerFactory>().CreateLogger(Category)
            .Log(LogLevel.Error, default, "Error refreshing gateways.", exception: null, static (text, _) => text);

        log.Lines.Count.ShouldBe(isPrinted ? 1 : 0);
    }

    [ProviderAlias("Kept")]
    private sealed class KeptLog : ILoggerProvider, ILogger
    {
        public List<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter) =>
            Lines.Add(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
