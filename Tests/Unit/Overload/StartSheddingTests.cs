using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Orleans.Workflows.Storage.Memory;
using Orleans.Workflows.Grains.Overload;

namespace Orleans.Workflows.Unit.Overload;

/// <summary>When a silo refuses new starts, and when it takes them again.</summary>
public sealed class StartSheddingTests : IDisposable
{
    private readonly LogLines _log = new();
    private readonly LoggerFactory _loggers = new();
    private readonly StartShedding _shedding;
    private (double Used, long Limit) _memory = (0.1, 512L << 20);
    private TimeSpan _delay = TimeSpan.Zero;

    public StartSheddingTests()
    {
        _loggers.AddProvider(_log);
        _shedding = new StartShedding(
            new LoadReadings(() => _memory, () => _delay),
            Places(),
            new MemoryProcessStore(),
            _loggers.CreateLogger<StartShedding>());
    }

    public void Dispose()
    {
        _shedding.Dispose();
        _loggers.Dispose();
        _log.Dispose();
    }

    [Theory]
    [InlineData(0.80, 500, null)]
    [InlineData(0.81, 0, "Memory")]
    [InlineData(0.10, 501, "Threads")]
    [InlineData(0.99, 5_000, "Memory")]
    public void Starts_AreRefusedAboveALimit(double used, int milliseconds, string? reason)
    {
        (_memory.Used, _delay) = (used, TimeSpan.FromMilliseconds(milliseconds));

        Look(4);

        _shedding.Current?.Reason.ShouldBe(reason);
        (_shedding.Current is null).ShouldBe(reason is null);
    }

    [Fact]
    public void Refusal_SaysWhatTheSiloIsShortOfAndWhatToDo()
    {
        _memory.Used = 0.876;
        _shedding.Look();
        _shedding.Current!.Text.ShouldBe(
            "The silo uses 88 % of its memory of 512 MiB; above 80 % it takes no new processes. What was started goes "
            + "on. Start it again later; if that stays so, add silos or give them more memory.");

        (_memory.Used, _delay) = (0, TimeSpan.FromMilliseconds(612));
        Look(4);

        _shedding.Current.Text.ShouldStartWith(
            "Work waits 612 ms for a thread of the silo; above 500 ms it takes no new processes.");
    }

    [Fact]
    public void Starts_AreTakenAgainAfterASecondOfCalmSomeWayBelowTheLimit()
    {
        _memory.Used = 0.9;
        _shedding.Look();

        _memory.Used = 0.78;
        Look(20);
        _shedding.Current.ShouldNotBeNull("it is still close to the limit");
        _memory.Used = 0.7;
        Look(3);
        _memory.Used = 0.76;
        _shedding.Look();
        _memory.Used = 0.7;
        Look(3);
        _shedding.Current.ShouldNotBeNull("there was no second of calm");
        _shedding.Look();

        _shedding.Current.ShouldBeNull();
        _log.All.Count.ShouldBe(2, "it says when it begins and when it ends");
    }

    [Fact]
    public void Pause_OfAllThreads_IsNoShortageOfThem()
    {
        for (var pause = 0; pause < 4; pause++)
        {
            _delay = TimeSpan.FromMilliseconds(800);
            Look(3);
            _delay = TimeSpan.Zero;
            _shedding.Look();
        }

        _shedding.Current.ShouldBeNull("the collector stops this thread too: what it sees first is the pause");
    }

    [Fact]
    public void Reading_OfTheMemory_IsAPartOfALimit()
    {
        var (used, limit) = new MemoryReading().Read();

        used.ShouldBeInRange(0.0001, 1);
        limit.ShouldBe(GC.GetGCMemoryInfo(GCKind.Any).TotalAvailableMemoryBytes);
    }

    /// <summary>The thread pool of this very process, for about a second.</summary>
    [Fact]
    public void Starts_AreRefusedWhileTheThreadPoolIsBlocked_AndTakenBehindThat()
    {
        using var gate = new ManualResetEventSlim();
        using var shedding = new StartShedding(
            new LoadReadings(static () => (0, 1), new PoolReading().Read),
            Places(),
            new MemoryProcessStore(),
            _loggers.CreateLogger<StartShedding>());
        shedding.Start();
        for (var i = 0; i < 500; i++)
        {
            ThreadPool.UnsafeQueueUserWorkItem(
                static gate => gate.Wait(TimeSpan.FromSeconds(20)),
                gate,
                preferLocal: false);
        }

        SpinUntil("starts are refused", () => shedding.Current is not null);
        var reason = shedding.Current?.Reason;
        gate.Set();

        reason.ShouldBe(StartShedding.Threads);
        SpinUntil("starts are taken again", () => shedding.Current is null);
    }

    /// <summary>
    /// Work that gives rise to work keeps to the queues of its threads, and what asks from elsewhere waits: such a pool
    /// is busy, not short.
    /// </summary>
    [Fact]
    public void Starts_ThatAreAnsweredSoon_AreNotRefusedForThreads()
    {
        var time = new FakeTimeProvider();
        var places = new StartPlaces(time, static () => TimeSpan.Zero);
        using var shedding = new StartShedding(
            new LoadReadings(static () => (0, 1), static () => TimeSpan.FromSeconds(2)),
            places,
            new MemoryProcessStore(),
            _loggers.CreateLogger<StartShedding>());
        for (var look = 0; look < 8; look++)
        {
            places.Take().ShouldBeNull();
            var arrivedAt = time.GetTimestamp();
            time.Advance(TimeSpan.FromMilliseconds(250));
            places.Answered(arrivedAt);
            shedding.Look();
        }

        shedding.Current.ShouldBeNull();
        time.Advance(TimeSpan.FromSeconds(1));
        for (var look = 0; look < 4; look++)
        {
            shedding.Look();
        }

        shedding.Current.ShouldNotBeNull("nothing is answered any more").Reason.ShouldBe(StartShedding.Threads);
    }

    private static StartPlaces Places() => new(TimeProvider.System, static () => TimeSpan.Zero);

    private void Look(int times)
    {
        for (var i = 0; i < times; i++)
        {
            _shedding.Look();
        }
    }

    /// <summary>Without the thread pool, which is blocked.</summary>
    private static void SpinUntil(string what, Func<bool> condition)
    {
        using var never = new ManualResetEvent(initialState: false);
        for (var began = Stopwatch.GetTimestamp(); !condition(); never.WaitOne(10))
        {
            Stopwatch.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromSeconds(20), $"expected: {what}");
        }
    }
}
