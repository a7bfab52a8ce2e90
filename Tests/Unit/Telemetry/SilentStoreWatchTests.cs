using Microsoft.Extensions.Logging;
using Orleans.Workflows.Grains.Telemetry;

namespace Orleans.Workflows.Unit.Telemetry;

/// <summary>A database that takes calls and answers none is an outage, although nothing fails.</summary>
public sealed class SilentStoreWatchTests : IDisposable
{
    private readonly LogLines _log = new();
    private readonly ILoggerFactory _loggers;
    private readonly StoreOutage _outage;
    private readonly SilentStoreWatch _watch;

    public SilentStoreWatchTests()
    {
        _loggers = LoggerFactory.Create(logging => logging.AddProvider(_log));
        _outage = new StoreOutage(_loggers, TimeProvider.System);
        _watch = new SilentStoreWatch(store: null!, _outage);
    }

    public void Dispose()
    {
        _watch.Dispose();
        _loggers.Dispose();
    }

    [Fact]
    public void Look_WhileTheStoreIsSilent_IsTheOutageOnce()
    {
        _watch.Look(SilentStoreWatch.Patience);
        _watch.Look(SilentStoreWatch.Patience + TimeSpan.FromSeconds(1));

        _outage.IsOn.ShouldBeTrue();
        _log.All.ShouldHaveSingleItem()
            .ShouldStartWith("The store is unavailable: the database does not answer, for 4 s so far.");
    }

    [Fact]
    public void Look_WhileTheStoreAnswersSlowly_SaysNothing()
    {
        _watch.Look(SilentStoreWatch.Patience - TimeSpan.FromMilliseconds(1));

        _outage.IsOn.ShouldBeFalse();
        _log.All.ShouldBeEmpty();
    }
}
