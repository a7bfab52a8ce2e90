using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Orleans.Workflows.Grains.Running;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Grains.Supervision;
using Orleans.Workflows.Grains.Telemetry;

namespace Orleans.Workflows.Unit.Telemetry;

/// <summary>What the logger of a class keeps to itself, and what it must not.</summary>
public sealed class QuietLoggerTests : IDisposable
{
    private const string Membership = "Orleans.Runtime.MembershipService.MembershipAgent";
    private const string Storage = "Orleans.Storage.AdoNetGrainStorage";
    private const string Reminders = "Orleans.Runtime.ReminderService.LocalReminderService";
    private const string Silo = "Orleans.Runtime.Silo";
    private const string Watchdog = "Orleans.Runtime.Watchdog";
    private const string Lifecycle = "Orleans.Runtime.SiloLifecycleSubject";

    private static readonly PostgresException Away = new("terminating connection", "FATAL", "FATAL", "57P01");

    private readonly FakeTimeProvider _time = new();
    private readonly LogLines _log = new();
    private readonly ILoggerFactory _loggers;
    private readonly QuietLoggers _quiet;
    private readonly StoreOutage _outage;

    public QuietLoggerTests()
    {
        _loggers = LoggerFactory.Create(logging => logging.AddProvider(_log));
        _quiet = new QuietLoggers(_loggers, _time);
        _outage = _quiet.Outage;
    }

    public void Dispose()
    {
        _quiet.Dispose();
        _loggers.Dispose();
    }

    [Theory]
    [InlineData(Membership)]
    [InlineData(Reminders)]
    public void DatabaseAway_SaidByTheMembershipOrTheReminders_IsTheOutageAndNoLineOfItsOwn(string category)
    {
        for (var time = 0; time < 3; time++)
        {
            Say(Of(category), "Failed to update table entry for this silo", Away);
        }

        _outage.IsOn.ShouldBeTrue();
        _log.All.ShouldHaveSingleItem().ShouldStartWith("The store is unavailable: 57P01: terminating connection");
    }

    [Fact]
    public void DatabaseAway_SaidByTheEngine_IsTheOutage()
    {
        Say(Of(typeof(SiloSupervision).FullName!), "a pass failed", new StoreUnavailableException("refused"));

        _log.All.ShouldHaveSingleItem().ShouldStartWith("The store is unavailable: refused");
    }

    [Theory]
    [InlineData(
        "Orleans.Storage.AdoNetGrainStorage",
        "Error reading grain state: ServiceId=x ProviderName=workflows GrainType=cluster-settings GrainId=0 "
        + "ETag=(null)."
    )]
    [InlineData(
        "Orleans.Storage.AdoNetGrainStorage",
        "Error from storage provider AdoNetGrainStorage.supervisor during ReadStateAsync for grain owf.supervisor/0"
    )]
    [InlineData(
        "Orleans.Grain",
        "Lifecycle start canceled: Error from storage provider during ReadStateAsync for grain owf.settings/0"
    )]
    public void DatabaseAway_SaidOfTheControlPlane_IsTheOutage(string category, string text)
    {
        Say(Of(category), text, Away);

        _log.All.ShouldHaveSingleItem().ShouldStartWith("The store is unavailable: ");
    }

    [Theory]
    [InlineData(Silo)]
    [InlineData(Storage)]
    public void DatabaseAway_SaidElsewhereInOrleans_MayBeTheUsersUntilOursIsAway(string type)
    {
        Say(Of(type), "a grain of the user's failed", Away);
        _outage.Failed("refused");
        Say(Of(type), "a grain failed", Away);
        Say(Of(type), "a call failed", new TimeoutException("no answer"));
        Say(Of(type), "something else failed", new InvalidOperationException("no"));

        _log.All.ShouldBe(["a grain of the user's failed", _log.All.ElementAt(1), "something else failed"]);
    }

    [Fact]
    public void DatabaseAway_SaidByTheUsersCode_IsPassedOn()
    {
        _outage.Failed("refused");
        Say(Of("Orders.Checkout"), "mine", Away);
        Say(Of("Orleans.Workflows.Samples.Checkout"), "a sample's", Away);
        Say(Of(ProcessLog.Category), "of a step", Away);
        Say(Of(typeof(TransitionObservers).FullName!), "of a listener", Away);

        _log.All.TakeLast(4).ShouldBe(["mine", "a sample's", "of a step", "of a listener"]);
    }

    [Fact]
    public void Watchdog_OnACheckThatIsOlderThanTheSilo_IsNotPassedOn()
    {
        var watchdog = Of(Watchdog);
        Say(
            watchdog,
            "a check has not completed for 3 h",
            eventId: 100150,
            values: [new("TimeSinceLastTick", TimeSpan.FromHours(3))]);
        Say(
            watchdog,
            "a check has not completed",
            eventId: 100150,
            values: [new("TimeSinceLastTick", TimeSpan.Zero)]);

        _log.All.ShouldBe(["a check has not completed"]);
    }

    [Fact]
    public void CallsThatCameTooLate_AreOneLineForAFlood()
    {
        for (var call = 0; call < 300; call++)
        {
            Say(Of("Orleans.Messaging"), $"Dropping expired message {call}", eventId: 101038);
        }

        Say(Of("Orleans.Runtime.CallbackData"), "Response did not arrive on time", eventId: 100157);
        _log.All.ShouldBeEmpty();

        _time.Advance(LateCalls.Gathering);
        _log.All.ShouldHaveSingleItem().ShouldStartWith("300 calls that came to this silo in 00:00:05 had waited");
        _log.All.Single().ShouldContain("; 1 calls from it had no answer in time.");
    }

    [Fact]
    public void CallsThatCameTooLate_ThatGoOnComing_AreOneLineAMinute()
    {
        for (var second = 0; second < 180; second++)
        {
            Say(Of("Orleans.Messaging"), "Dropping expired message", eventId: 101038);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        _log.All.Select(static line => line.Split(' ')[0]).ShouldBe(["5", "60", "60"]);
    }

    [Fact]
    public void CallsThatCameTooLate_WhileTheStoreIsAway_AreOfTheOutage()
    {
        _outage.Failed("refused");
        Say(Of("Orleans.Messaging"), "Dropping expired message", eventId: 101038);
        _time.Advance(LateCalls.Again);

        _log.All.ShouldHaveSingleItem().ShouldStartWith("The store is unavailable");
    }

    [Fact]
    public void CollectorHint_IsNotPassedOn()
    {
        Say(Of(Silo), "Note: Silo not running with ServerGC", eventId: 100405);
        Say(Of(Silo), "something else", eventId: 100409);

        _log.All.ShouldBe(["something else"]);
    }

    [Theory]
    [InlineData(Lifecycle, 100450)]
    [InlineData(Silo, 100439)]
    public void FailedStart_IsPassedOnOnlyIfTheHostDoesNotSayIt(string type, int eventId)
    {
        Say(Of(type), "it does not start", new StoreUnavailableException("refused"), eventId);
        Say(Of(type), "it does not start either", new InvalidOperationException("no"), eventId);

        _log.All.ShouldBe(["it does not start either"]);
    }

    [Fact]
    public async Task Line_BehindTheEndOfTheHost_IsNoError()
    {
        var services = new ServiceCollection();
        QuietLoggers.AddTo(services);
        var provider = services.BuildServiceProvider();
        var logger = provider.GetRequiredService<ILoggerFactory>().CreateLogger(Membership);
        await provider.DisposeAsync();

        Say(logger, "a call failed", new TimeoutException("no answer"));
        Say(logger, "a call failed", Away);
    }

    [Fact]
    public void Everything_AtDebug_IsPassedOn()
    {
        var all = new LogLines { Least = LogLevel.Debug };
        using var loggers = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Debug).AddProvider(all));
        using var quiet = new QuietLoggers(loggers, _time);
        var logger = quiet.CreateLogger(Membership);

        Say(logger, "Failed to update table entry for this silo", Away);

        all.All.ShouldContain("Failed to update table entry for this silo");
        quiet.Outage.IsOn.ShouldBeTrue("it counts all the same");
    }

    private static void Say(
        ILogger logger,
        string text,
        Exception? exception = null,
        int eventId = 0,
        params List<KeyValuePair<string, object?>> values
    ) => logger.Log(LogLevel.Warning, new EventId(eventId), values, exception, (_, _) => text);

    private ILogger Of(string category) => _quiet.CreateLogger(category);
}
