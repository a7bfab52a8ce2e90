using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Grains.Telemetry;

namespace Orleans.Workflows.Unit.Telemetry;

/// <summary>An outage of the database is said once, once a minute while it lasts, and once at its end.</summary>
public sealed class StoreOutageTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly LogLines _log = new();
    private readonly ILoggerFactory _loggers;
    private readonly StoreOutage _outage;

    public StoreOutageTests()
    {
        _loggers = LoggerFactory.Create(logging => logging.AddProvider(_log));
        _outage = new StoreOutage(_loggers, _time);
    }

    public void Dispose() => _loggers.Dispose();

    [Fact]
    public void Failed_AThousandTimes_IsOneLineAMinuteAndTheEnd()
    {
        for (var second = 0; second < 90; second++)
        {
            for (var failure = 0; failure < 1_000; failure++)
            {
                _outage.Failed($"refused in second {second}");
            }

            _time.Advance(TimeSpan.FromSeconds(1));
        }

        _time.Advance(StoreOutage.Calm);
        _outage.Worked();

        _outage.IsOn.ShouldBeFalse();
        _log.All.ShouldSatisfyAllConditions(
            lines => lines.Count.ShouldBe(3),
            lines => lines.First().ShouldStartWith("The store is unavailable: refused in second 0 "),
            lines =>
                lines
                    .ElementAt(1)
                    .ShouldStartWith(
                        "The store has been unavailable for 00:01:00; 60001 operations have failed for it, the last "
                        + "one with: refused in second 60"),
            lines =>
                lines
                    .Last()
                    .ShouldBe(
                        "The store is available again. It was not for 00:01:29, for which 90000 operations have failed."
                    ));
    }

    [Fact]
    public void Worked_RightBehindAFailure_DoesNotEndIt()
    {
        _outage.Failed("refused");
        _outage.Worked();
        _time.Advance(StoreOutage.Calm - TimeSpan.FromSeconds(1));
        _outage.Failed("refused");
        _time.Advance(TimeSpan.FromSeconds(2));
        _outage.Worked();

        _outage.IsOn.ShouldBeTrue("a database that comes and goes is one outage");
        _log.All.ShouldHaveSingleItem();
    }

    [Fact]
    public void Answered_WhileCommitsMayBeRefusedStill_DoesNotEndItSoon()
    {
        _outage.Refused("locked");
        _time.Advance(StoreOutage.CalmOfReads - TimeSpan.FromSeconds(1));
        _outage.Answered();
        _outage.IsOn.ShouldBeTrue("a process that was refused has not tried again yet");

        _time.Advance(TimeSpan.FromSeconds(1));
        _outage.Answered();
        _outage.IsOn.ShouldBeFalse();
    }

    [Fact]
    public void Answered_BehindReadsThatFailed_EndsIt()
    {
        _outage.Failed("refused");
        _time.Advance(StoreOutage.Calm);
        _outage.Answered();

        _outage.IsOn.ShouldBeFalse();
    }

    [Fact]
    public void FailedCall_WhoeverFailedIt_NeitherBeginsAnOutageNorMakesItLast()
    {
        _outage.FailedCall("too late");
        _outage.IsOn.ShouldBeFalse();
        _outage.Failed("refused");
        for (var second = 0; second < 10; second++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            _outage.FailedCall("too late");
            _outage.Worked();
        }

        _outage.IsOn.ShouldBeFalse();
        _log.All.Count.ShouldBe(2, "that it began, and that it is over");
    }

    [Fact]
    public void Worked_WithoutAnOutage_SaysNothing()
    {
        _outage.Worked();

        _log.All.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("57P01", true)]
    [InlineData("28P01", true)]
    [InlineData("53300", true)]
    [InlineData("08006", true)]
    [InlineData("40001", false)]
    [InlineData("55P03", false)]
    [InlineData("42P01", false)]
    [InlineData("23505", false)]
    public void IsAway_OfAnErrorOfPostgreSql_GoesByItsClass(string sqlState, bool isAway)
    {
        var error = new PostgresException("no", "FATAL", "FATAL", sqlState);

        StoreOutage.IsAway(error).ShouldBe(isAway);
        StoreOutage
            .IsAway(
                new InvalidOperationException(
                    "outer",
                    new AggregateException(new InvalidOperationException("first"), error)))
            .ShouldBe(isAway);
    }

    [Fact]
    public void IsAway_OfTheStoresOwn_IsSo() =>
        StoreOutage
            .IsAway(new InvalidOperationException("outer", new StoreUnavailableException("away")))
            .ShouldBeTrue();

    [Fact]
    public void IsAway_OfAnythingElse_IsNot() => StoreOutage.IsAway(new TimeoutException("late")).ShouldBeFalse();
}
