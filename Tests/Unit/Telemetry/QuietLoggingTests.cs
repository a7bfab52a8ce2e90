using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Workflows.Abstractions;

namespace Orleans.Workflows.Unit.Telemetry;

/// <summary>The levels that a host with a silo or a client has by default.</summary>
public sealed class QuietLoggingTests
{
    private const string Options = "Orleans.Runtime.SiloOptionsLogger";
    private const string Processes = "Orleans.Workflows.Processes";

    [Fact]
    public void Host_ThatSaysNothing_HasWarningsOfOrleansAndNothingOfPolly()
    {
        using var services = Build(static _ => { });

        LevelOf(services, Options).ShouldBe(LogLevel.Warning);
        LevelOf(services, "Polly").ShouldBe(LogLevel.None);
        LevelOf(services, Processes).ShouldBe(LogLevel.Information);
        LevelOf(services, "Mine").ShouldBe(LogLevel.Information);
    }

    [Fact]
    public void Host_ThatSaysMoreOrLessOfOrleans_HasIt()
    {
        using var more = Build(static logging => logging.AddFilter("Orleans", LogLevel.Debug));
        using var less = Build(static logging => logging.AddFilter("Orleans", LogLevel.Error));

        (LevelOf(more, Options), LevelOf(more, Processes)).ShouldBe((LogLevel.Debug, LogLevel.Debug));
        (LevelOf(less, Options), LevelOf(less, Processes)).ShouldBe((LogLevel.Error, LogLevel.Error));
    }

    [Fact]
    public void Host_ThatSaysSomethingOfAPart_HasItForThatPart()
    {
        using var services = Build(static logging =>
            logging.AddFilter("Orleans.Runtime.SiloOptionsLogger", LogLevel.Information));

        LevelOf(services, Options).ShouldBe(LogLevel.Information);
        LevelOf(services, "Orleans.Runtime.Silo").ShouldBe(LogLevel.Warning);
    }

    [Theory]
    [InlineData(LogLevel.Error)]
    [InlineData(LogLevel.None)]
    public void Host_ThatIsQuieter_StaysSo(LogLevel level)
    {
        using var byMinimum = Build(logging => logging.SetMinimumLevel(level));
        using var byDefault = Build(logging => logging.AddFilter(null, level));

        foreach (var services in new[] { byMinimum, byDefault })
        {
            LevelOf(services, Options).ShouldBe(level);
            LevelOf(services, Processes).ShouldBe(level);
        }
    }

    private static ServiceProvider Build(Action<ILoggingBuilder> configure) =>
        new ServiceCollection()
            .AddLogging(logging => configure(logging.AddProvider(new LogLines { Least = LogLevel.Trace })))
            .AddQuietLogging()
            .AddQuietLogging()
            .BuildServiceProvider();

    private static LogLevel LevelOf(ServiceProvider services, string category)
    {
        var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger(category);
        return Enum.GetValues<LogLevel>().First(level => level == LogLevel.None || logger.IsEnabled(level));
    }
}
