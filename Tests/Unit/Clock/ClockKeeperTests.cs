using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Orleans.Workflows.Grains.Clock;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Grains.Telemetry;

namespace Orleans.Workflows.Unit.Clock;

/// <summary>Silos of one database reckon with one time, whatever clocks show.</summary>
public sealed class ClockKeeperTests : IDisposable
{
    private static readonly TimeSpan Close = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Minutes = TimeSpan.FromMinutes(10);

    private readonly FakeTimeProvider _truth = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly SharedRecord _database;

    public ClockKeeperTests() => _database = new SharedRecord(_truth);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _services.Dispose();

    [Theory]
    [InlineData(10)]
    [InlineData(-10)]
    public async Task Silo_OfAWrongClockBesideARightOne_HasTheSameTime(int minutes)
    {
        var (right, wrong) = (await SiloAsync(), await WaitedForAsync(TimeSpan.FromMinutes(minutes)));

        await PassAsync(100, right, wrong);

        wrong.Clock.GetUtcNow().ShouldBe(_truth.GetUtcNow(), Close);
        right.Clock.GetUtcNow().ShouldBe(_truth.GetUtcNow(), Close);
        wrong.Own.Ahead = -wrong.Own.Ahead;
        await PassAsync(1, right, wrong);
        wrong.Clock.GetUtcNow().ShouldBe(_truth.GetUtcNow(), Close);
        _database.Corrections.ShouldBe(0, "a silo's own clock is no reason to correct anything");
    }

    [Theory]
    [InlineData(10)]
    [InlineData(-10)]
    public async Task Database_Jumps_NoSiloNoticesInItsTimeAlsoNotOneThatStartsAfterwards(int minutes)
    {
        var silos = new List<Silo>
        {
            await SiloAsync(),
            await SiloAsync(),
            await WaitedForAsync(TimeSpan.FromMinutes(-minutes)),
        };
        _database.Ahead = TimeSpan.FromMinutes(minutes);
        await PassAsync(1, [.. silos]);
        silos.Add(await SiloAsync());

        await PassAsync(10, [.. silos]);

        silos.ShouldAllBe(silo => (silo.Clock.GetUtcNow() - _truth.GetUtcNow()).Duration() < 4 * Close);
        _database.Corrections.ShouldBe(1, "one says it for all");
        silos
            .Count(static silo =>
                silo.Log.All.Any(static line => line.Contains("has jumped", StringComparison.Ordinal)))
            .ShouldBe(1);
    }

    [Fact]
    public async Task Database_JumpsAndASiloStartsBeforeAnybodyHasNoticed_WaitsForTheOthers()
    {
        var first = await SiloAsync();
        _database.Ahead = Minutes;
        var starting = SiloAsync();

        starting.IsCompleted.ShouldBeFalse("its own clock says something else than the database's");
        await PassAsync(1, first);

        (await starting.WaitAsync(ClockKeeper.Interval * 3, TimeProvider.System, Cancel))
            .Clock.GetUtcNow()
            .ShouldBe(_truth.GetUtcNow(), Close);
    }

    /// <summary>
    /// Its own clock agreed with the database's by chance, so that it had no doubt: it is not the one to say what time
    /// it is.
    /// </summary>
    [Fact]
    public async Task Silo_ThatIsNotAsFarAsItsCluster_FollowsAndCorrectsNothing()
    {
        var first = await SiloAsync();
        _database.Ahead = Minutes;
        var misled = await SiloAsync(Minutes);
        await PassAsync(1, first, misled);
        (misled.Clock.GetUtcNow() - first.Clock.GetUtcNow()).ShouldBeGreaterThan(Minutes - ClockKeeper.Interval);

        await PassAsync(900, first, misled);

        misled.Clock.GetUtcNow().ShouldBe(first.Clock.GetUtcNow(), Close);
        _database.Corrections.ShouldBe(1);
    }

    /// <summary>A replica that had not got the correction yet takes over.</summary>
    [Fact]
    public async Task Database_ForgetsItsCorrection_GetsItAgain()
    {
        var silos = new[] { await SiloAsync(), await SiloAsync() };
        _database.Ahead = Minutes;
        await PassAsync(1, silos);
        _database.Forget();

        await PassAsync(5, silos);

        silos.ShouldAllBe(silo => (silo.Clock.GetUtcNow() - _truth.GetUtcNow()).Duration() < 4 * Close);
    }

    [Fact]
    public async Task Database_IsWrongFromTheStart_IsTheClustersTimeAllTheSame()
    {
        _database.Ahead = Minutes;
        var silos = await Task.WhenAll(WaitedForAsync(), WaitedForAsync());

        await PassAsync(10, silos);

        silos.ShouldAllBe(silo => (silo.Clock.GetUtcNow() - _truth.GetUtcNow() - Minutes).Duration() < Close);
        _database.Corrections.ShouldBe(0);
    }

    [Fact]
    public async Task Database_JumpsForAndBackAgainAndAgain_TimeGoesOnAndNeverBack()
    {
        var silo = await SiloAsync();
        for (var jump = 1; jump <= 20; jump++)
        {
            _database.Ahead = (jump % 2 * 2 - 1) * jump * TimeSpan.FromSeconds(37);
            var before = silo.Clock.GetUtcNow();
            await PassAsync(1, silo);
            (silo.Clock.GetUtcNow() - before).ShouldBe(ClockKeeper.Interval, Close);
        }

        silo.Clock.GetUtcNow().ShouldBe(_truth.GetUtcNow(), Close * 10);
    }

    [Fact]
    public async Task Correction_AfterWeeks_HasFaded()
    {
        var silo = await SiloAsync();
        _database.Ahead = TimeSpan.FromMinutes(1);
        for (var minute = 0; minute < 60 * 24 * 7; minute++)
        {
            _truth.Advance(TimeSpan.FromMinutes(1));
            await silo.Keeper.MeasureAsync(Cancel);
        }

        silo.Clock.GetUtcNow().ShouldBe(_truth.GetUtcNow() + _database.Ahead, TimeSpan.FromSeconds(1));
        _database.Corrections.ShouldBe(1, "what fades is no jump");
    }

    [Fact]
    public async Task Reading_OnASlowWay_CountsFromItsMiddleOrNotAtAll()
    {
        var silo = await SiloAsync();
        _database.OnTheWay = () => _truth.Advance(TimeSpan.FromMilliseconds(800));
        await PassAsync(5, silo);
        _database.OnTheWay = () => _truth.Advance(TimeSpan.FromSeconds(90));
        await PassAsync(5, silo);

        silo.Clock.GetUtcNow().ShouldBe(_truth.GetUtcNow(), Close);
        _database.Corrections.ShouldBe(0, "a silo that was frozen while it read has learned nothing");
    }

    [Fact]
    public async Task Database_Away_TimeGoesOn()
    {
        var silo = await SiloAsync();
        _database.IsAway = true;
        _truth.Advance(TimeSpan.FromHours(1));

        await Should.ThrowAsync<StoreUnavailableException>(() => silo.Keeper.MeasureAsync(Cancel));

        silo.Clock.GetUtcNow().ShouldBe(_truth.GetUtcNow(), Close);
    }

    [Fact]
    public async Task Offset_BeyondTwoSeconds_IsSaidAndCountedOncePerEpisodeAndTold()
    {
        var (told, counted) = (new List<double>(), 0L);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (
                    instrument.Meter.Scope == _services.GetRequiredService<IMeterFactory>()
                    && (instrument.Name is "orleans.workflows.clock.offset" or "orleans.workflows.clock.warnings"))
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((_, value, _, _) => told.Add(value));
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => counted += value);
        listener.Start();
        var silo = await SiloAsync();
        foreach (var ahead in (double[])[1.9, 3, 4, 0, -60, -60, 0])
        {
            silo.Own.Ahead = TimeSpan.FromSeconds(ahead);
            await PassAsync(1, silo);
            listener.RecordObservableInstruments();
            told[^1].ShouldBe(-ahead, 0.01);
        }

        silo.Log.All.Count(static line =>
                line.Contains("set the clock that is wrong right", StringComparison.Ordinal))
            .ShouldBe(2);
        counted.ShouldBe(2);
        silo.Log.All.Count(static line => line.Contains("agree again", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Fact]
    public async Task Surely_ClockWasBehindAtTheStart_HoldsForWhatIsNewAndDoubtsWhatIsOld()
    {
        var first = await SiloAsync();
        _database.Ahead = Minutes;
        var silo = await WaitedForAsync();
        var now = silo.Clock.GetUtcNow();

        silo.Clock.Surely(now + ClockKeeper.Interval).ShouldBe(now);
        silo.Clock.Surely(now - ClockKeeper.Interval).ShouldBe(now - Minutes, Close);
        first.Clock.Surely(now - ClockKeeper.Interval).ShouldBe(first.Clock.GetUtcNow());
    }

    [Fact]
    public void Clock_WithoutAReading_IsTheServicesOwn()
    {
        var own = new FakeTimeProvider(_truth.GetUtcNow());
        var clock = new ClusterClock(own);

        own.Advance(Minutes);

        clock.GetUtcNow().ShouldBe(own.GetUtcNow());
        clock.Surely(DateTimeOffset.MinValue).ShouldBe(own.GetUtcNow());
    }

    private async Task PassAsync(int intervals, params Silo[] silos)
    {
        for (var interval = 0; interval < intervals; interval++)
        {
            var before = silos.Select(static silo => silo.Clock.GetUtcNow()).ToList();
            _truth.Advance(ClockKeeper.Interval);
            foreach (var silo in silos)
            {
                await silo.Keeper.MeasureAsync(Cancel);
            }

            silos.Zip(before).ShouldAllBe(static pair => pair.First.Clock.GetUtcNow() > pair.Second);
        }
    }

    /// <summary>Starts a silo whose doubt nobody ends.</summary>
    private async Task<Silo> WaitedForAsync(TimeSpan ahead = default)
    {
        var starting = SiloAsync(ahead);
        while (!starting.IsCompleted)
        {
            _truth.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(starting, Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Cancel));
        }

        return await starting;
    }

    private async Task<Silo> SiloAsync(TimeSpan ahead = default)
    {
        var own = new OwnClock(_truth) { Ahead = ahead };
        var (clock, log) = (new ClusterClock(own), new LogLines());
        var logger = LoggerFactory.Create(logging => logging.AddProvider(log)).CreateLogger<ClockKeeper>();
        var silo = new Silo(
            own,
            clock,
            log,
            new ClockKeeper(
                _database,
                clock,
                new WorkflowInstruments(_services.GetRequiredService<IMeterFactory>()),
                logger));
        await silo.Keeper.SetAsync(Cancel);
        return silo;
    }

    private sealed record Silo(OwnClock Own, ClusterClock Clock, LogLines Log, ClockKeeper Keeper);

    /// <summary>A silo's own clock: it may be wrong, and runs all the same.</summary>
    private sealed class OwnClock(TimeProvider truth) : TimeProvider
    {
        public TimeSpan Ahead { get; set; }

        public override long TimestampFrequency => truth.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => truth.GetUtcNow() + Ahead;

        public override long GetTimestamp() => truth.GetTimestamp();
    }
}
