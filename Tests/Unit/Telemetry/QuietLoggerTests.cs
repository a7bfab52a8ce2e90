using Microsoft.Extensions.Logging;
using Npgsql;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Grains.Supervision;
using Orleans.Workflows.Grains.Telemetry;

namespace Orleans.Workflows.Unit.Telemetry;

/// <summary>What the logger of a class keeps to itself, and what it must not.</summary>
public sealed class QuietLoggerTests : IDisposable
{
    private const string Membership = "Orleans.Runtime.MembershipService.MembershipAgent, Orleans.Runtime";
    private const string Reminders = "Orleans.Runtime.ReminderService.LocalReminderService, Orleans.Reminders";
    private const string Silo = "Orleans.Runtime.Silo, Orleans.Runtime";
    private const string Watchdog = "Orleans.Runtime.Watchdog, Orleans.Runtime";
    private const string Lifecycle = "Orleans.Runtime.SiloLifecycleSubject, Orleans.Runtime";

    private static readonly PostgresException Away = new("terminating connection", "FATAL", "FATAL", "57P01");

    private readonly LogLines _log = new();
    private readonly ILoggerFactory _loggers;
    private readonly StoreOutage _outage;

    public QuietLoggerTests()
    {
        _loggers = LoggerFactory.Create(logging => logging.AddProvider(_log));
        _outage = new StoreOutage(_loggers, TimeProvider.System);
    }

    public void Dispose() => _loggers.Dispose();

    [Fact]
    public void DatabaseAway_SaidByTheMembership_IsTheOutageAndNoLineOfItsOwn()
    {
        for (var time = 0; time < 3; time++)
        {
            Of(Membership).LogWarning(Away, "Failed to update table entry for this silo");
        }

        _outage.IsOn.ShouldBeTrue();
        _log.All.ShouldHaveSingleItem().ShouldStartWith("The store is unavailable: 57P01: terminating connection");
    }

    [Fact]
    public void DatabaseAway_SaidByTheEngine_IsTheOutage()
    {
        new QuietLogger<SiloSupervision>(_loggers, _outage).LogWarning(new StoreUnavailableException("refused"), "a pass failed");

        _log.All.ShouldHaveSingleItem().ShouldStartWith("The store is unavailable: refused");
    }

    [Theory]
    [InlineData(Silo)]
    [InlineData(Reminders)]
    public void DatabaseAway_SaidElsewhereInOrleans_MayBeTheUsersUntilOursIsAway(string type)
    {
        Of(type).LogError(Away, "a grain of the user's failed");
        _outage.Failed("refused");
        Of(type).LogError(Away, "a grain failed");
        Of(type).LogError(new TimeoutException("no answer"), "a call failed");
        Of(type).LogError(new InvalidOperationException("no"), "something else failed");

        _log.All.ShouldBe(["a grain of the user's failed", _log.All.ElementAt(1), "something else failed"]);
    }

    [Fact]
    public void DatabaseAway_SaidByTheUsersCode_IsPassedOn()
    {
        _outage.Failed("refused");
        new QuietLogger<string>(_loggers, _outage).LogError(Away, "mine");

        _log.All.Last().ShouldBe("mine");
    }

    [Fact]
    public void Watchdog_OnACheckThatIsOlderThanTheSilo_IsNotPassedOn()
    {
        var watchdog = Of(Watchdog);
#pragma warning disable CA1848, CA2254 // As Orleans says it.
        watchdog.LogWarning(new EventId(100150), "Participant check thread has not completed for {TimeSinceLastTick}", TimeSpan.FromHours(3));
        watchdog.LogWarning(new EventId(100150), "Participant check thread has not completed for {TimeSinceLastTick}", TimeSpan.Zero);
#pragma warning restore CA1848, CA2254

        _log.All.ShouldBe(["Participant check thread has not completed for 00:00:00"]);
    }

    [Fact]
    public void CollectorHint_IsNotPassedOn()
    {
        Of(Silo).LogWarning(new EventId(100405), "Note: Silo not running with ServerGC");
        Of(Silo).LogWarning(new EventId(100409), "something else");

        _log.All.ShouldBe(["something else"]);
    }

    [Theory]
    [InlineData(Lifecycle, 100450)]
    [InlineData(Silo, 100439)]
    public void FailedStart_IsPassedOnOnlyIfTheHostDoesNotSayIt(string type, int eventId)
    {
        Of(type).LogError(new EventId(eventId), new StoreUnavailableException("refused"), "it does not start");
        Of(type).LogError(new EventId(eventId), new InvalidOperationException("no"), "it does not start either");

        _log.All.ShouldBe(["it does not start either"]);
    }

    [Fact]
    public void Everything_AtDebug_IsPassedOn()
    {
        var all = new LogLines { Least = LogLevel.Debug };
        using var loggers = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Debug).AddProvider(all));
        var logger = (ILogger)Activator.CreateInstance(typeof(QuietLogger<>).MakeGenericType(Type.GetType(Membership, throwOnError: true)!), loggers, _outage)!;

        logger.LogWarning(Away, "Failed to update table entry for this silo");

        all.All.ShouldHaveSingleItem();
        _outage.IsOn.ShouldBeTrue("it counts all the same");
    }

    private ILogger Of(string type) =>
        (ILogger)Activator.CreateInstance(typeof(QuietLogger<>).MakeGenericType(Type.GetType(type, throwOnError: true)!), _loggers, _outage)!;
}
