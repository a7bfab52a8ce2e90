using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Shared.Processes;
using Orleans.Workflows.Testing;

namespace Orleans.Workflows.Cluster;

/// <summary>
/// What a large dead silo leaves behind is taken over bit by bit, and what cannot be woken holds up nobody else.
/// </summary>
public sealed class WakeBoundTests
{
    private const string DeadSilo = "192.0.2.1:11111@1";
    private const int Orphans = 300;

    /// <summary>
    /// Two seconds are promised, and ten looks a second are what the supervisor of a test makes at most. Looks are
    /// counted rather than seconds: a busy machine makes fewer of them.
    /// </summary>
    private const int LooksOfTwoSeconds = 20;

    private readonly Wakes _wakes = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Orphans_MoreThanTheSilosCanTake_AreNotWokenAllAtOnceAndHoldUpNoTimer()
    {
        SlowStore? slow = null;
        await using var cluster = await TestCluster.StartAsync(
            configure: static options =>
                (options.Supervisors, options.OwnerScanInterval) = (1, TimeSpan.FromSeconds(1)),
            wrap: store => slow = new SlowStore(store));
        var now = TimeProvider.System.GetUtcNow();
        var ids = await Task.WhenAll(
            Enumerable
                .Range(0, Orphans)
                .Select(i => StoredRows.OwnedAsync(cluster.Store, $"orphan-{i}", DeadSilo, now)));

        await Eventually.TrueAsync("the supervisor wakes orphans", () => Task.FromResult(!slow!.Woken.IsEmpty));
        var timer = await StoredRows.DueAsync(cluster.Store, "timer", now);
        await Eventually.TrueAsync("a timer rings", () => StoredRows.HasFinishedAsync(cluster.Store, timer));
        slow!.Woken.Count.ShouldBeLessThan(Orphans, "the timer rings while there are orphans that were not woken");
        await Eventually.TrueAsync(
            "those are woken when the first have not answered for 5 s",
            () => Task.FromResult(slow.Woken.Count == Orphans),
            seconds: 60);

        // A round of them every 5 s. Without the bound, all would come within the second.
        var times = slow.Woken.Values.Order().ToList();
        times
            .Select(began =>
                times.Count(at => at >= began && Stopwatch.GetElapsedTime(began, at) < TimeSpan.FromSeconds(2)))
            .Max()
            .ShouldBeLessThanOrEqualTo(128);
        slow.GoOn();
        foreach (var id in ids)
        {
            await Eventually.TrueAsync($"{id} has finished", () => StoredRows.HasFinishedAsync(cluster.Store, id));
        }
    }

    [Fact]
    public async Task Signals_ToAProcessThatHoldsItsThread_HoldUpNobodyElsesWake()
    {
        await using var cluster = await StartWatchedAsync();
        var busy = await cluster.Client.StartAsync(Types.Probe, new ProbeInput("spin"), cancellationToken: Cancel);
        await cluster.Recorder.EnteredAsync(busy.Id);
        var other = await cluster.Client.StartAsync(Types.Wait, new WaitInput(), cancellationToken: Cancel);
        await Eventually.TrueAsync("the other one waits", async () =>
            (await other.GetStatusAsync(Cancel)).Summary.State == ProcessState.Waiting);

        await Task.WhenAll(Enumerable.Range(0, 2_000).Select(i => SendAsync(cluster.Store, busy.Id, $"s:{i}")));
        var before = _wakes.Looks;
        await SendAsync(cluster.Store, other.Id, "s:go");

        await Eventually.TrueAsync("the other one has got its signal", () =>
            StoredRows.HasFinishedAsync(cluster.Store, other.Id));
        _wakes.LooksUntil(other.Id).ShouldBeInRange(before, before + LooksOfTwoSeconds);
        cluster.Recorder.Notes.ShouldNotContain($"{busy.Id} stopped spinning");
        cluster.Recorder.Open(busy.Id);
    }

    [Fact]
    public async Task DueRows_OfATypeThatNobodyHas_HoldUpNoTimer()
    {
        await using var cluster = await StartWatchedAsync();
        var now = TimeProvider.System.GetUtcNow();
        await Task.WhenAll(
            Enumerable
                .Range(0, 4_000)
                .Select(i => StoredRows.DueAsync(cluster.Store, $"nobody-{i}", now.AddMinutes(-1), "nobody/has")));

        var before = _wakes.Looks;
        var timer = await StoredRows.DueAsync(cluster.Store, "timer", now);

        // With a place of 128 taken for 5 s by each of the others it would be two minutes and a half.
        await Eventually.TrueAsync("the timer has rung", () => StoredRows.HasFinishedAsync(cluster.Store, timer));
        _wakes.LooksUntil(timer).ShouldBeInRange(before, before + LooksOfTwoSeconds);
        _wakes.Arrived.ShouldHaveSingleItem("what no silo has the type for is not woken").Id.ShouldBe(timer.Value);
    }

    [Fact]
    public async Task Orphans_AreWokenWhenTheSessionsOfTheirSiloAreEnded()
    {
        SessionStore? sessions = null;
        await using var cluster = await TestCluster.StartAsync(
            configure: static options =>
                (options.Supervisors, options.OwnerScanInterval) = (1, TimeSpan.FromSeconds(1)),
            wrap: store => sessions = new SessionStore(store));
        var orphan = await StoredRows.OwnedAsync(
            cluster.Store,
            "orphan",
            DeadSilo,
            TimeProvider.System.GetUtcNow());

        await Eventually.TrueAsync("the sessions are to be ended", () => Task.FromResult(!sessions!.Deeds.IsEmpty));
        var timer = await StoredRows.DueAsync(cluster.Store, "timer", TimeProvider.System.GetUtcNow());
        await Eventually.TrueAsync("a timer rings", () => StoredRows.HasFinishedAsync(cluster.Store, timer));
        sessions!.Deeds.ShouldHaveSingleItem("what is locked would be waited for").ShouldBe("end");
        sessions.GoOn();
        await Eventually.TrueAsync("the orphan is woken", () =>
            Task.FromResult(sessions.Deeds.Contains("load")));

        sessions.Deeds.Distinct().ShouldBe(["end", "ended", "load"]);
        await Eventually.TrueAsync("it has finished", () => StoredRows.HasFinishedAsync(sessions.Store, orphan));
    }

    [Fact]
    public async Task Orphans_OfAMebibyteEach_AreLoadedFewAtATime()
    {
        SlowStore? slow = null;
        await using var cluster = await TestCluster.StartAsync(
            configure: static options =>
                (options.Supervisors, options.OwnerScanInterval) = (1, TimeSpan.FromSeconds(1)),
            wrap: store => slow = new SlowStore(store));
        var now = TimeProvider.System.GetUtcNow();
        var name = new string('x', 1 << 20);
        var ids = await Task.WhenAll(
            Enumerable
                .Range(0, 40)
                .Select(i => StoredRows.OwnedAsync(cluster.Store, $"orphan-{i}", DeadSilo, now, name)));

        await Eventually.TrueAsync("as many are woken as have a place", () => Task.FromResult(slow!.Woken.Count == 15));
        var timer = await StoredRows.DueAsync(cluster.Store, "timer", now);
        await Eventually.TrueAsync("a timer rings", () => StoredRows.HasFinishedAsync(cluster.Store, timer));
        slow!.Woken.Count.ShouldBe(15, "16 of them have more than 16 MiB");
        slow.GoOn();
        foreach (var id in ids)
        {
            await Eventually.TrueAsync($"{id} has finished", () => StoredRows.HasFinishedAsync(cluster.Store, id));
        }
    }

    private Task<TestCluster> StartWatchedAsync() => TestCluster.StartAsync(
        configure: static options => options.Supervisors = 1,
        wrap: store => new WatchedStore(store, _wakes),
        services: services => services.AddSingleton<IIncomingGrainCallFilter>(_wakes));

    /// <summary>A signal that was sent a while ago, and whose poke was lost.</summary>
    private static async Task SendAsync(IProcessStore store, ProcessId receiver, string id) => (await store.SendAsync(
        new InboxMessage
        {
            Receiver = receiver,
            MessageId = id,
            Kind = MessageKind.Signal,
            Name = "go",
            Payload = "\"on\""u8.ToArray(),
            SentAt = TimeProvider.System.GetUtcNow() - TimeSpan.FromSeconds(10),
        },
        Cancel)).Status.ShouldBe(MessageStatus.Stored);

    /// <summary>
    /// The wakes that have come to processes, and how many times the supervisor had begun to look for messages by then.
    /// </summary>
    private sealed class Wakes : IIncomingGrainCallFilter
    {
        private int _looks;

        public ConcurrentQueue<(string? Id, int Looks)> Arrived { get; } = [];

        public int Looks => Volatile.Read(ref _looks);

        public void Look() => Interlocked.Increment(ref _looks);

        public int LooksUntil(ProcessId id) => Arrived.First(wake => wake.Id == id.Value).Looks;

        public Task Invoke(IIncomingGrainCallContext context)
        {
            if (context.Grain is IProcessGrain && context.MethodName == nameof(IProcessGrain.WakeAsync))
            {
                Arrived.Enqueue((context.TargetId.Key.ToString(), Looks));
            }

            return context.Invoke();
        }
    }

    private sealed class WatchedStore(IProcessStore inner, Wakes wakes) : DelegatingProcessStore(inner)
    {
        public override Task<IReadOnlyList<UnseenMessage>> ScanUnseenAsync(
            SliceRange slices,
            DateTimeOffset sentBefore,
            long afterSequence,
            int limit,
            CancellationToken cancellationToken)
        {
            if (afterSequence == 0)
            {
                wakes.Look();
            }

            return base.ScanUnseenAsync(slices, sentBefore, afterSequence, limit, cancellationToken);
        }
    }

    /// <summary>
    /// A database in which the end of sessions takes as long as the test wants, and what is done about an orphan.
    /// </summary>
    private sealed class SessionStore(IProcessStore inner) : DelegatingProcessStore(inner)
    {
        private readonly TaskCompletionSource _goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ConcurrentQueue<string> Deeds { get; } = [];

        public IProcessStore Store => Inner;

        public void GoOn() => _goOn.SetResult();

        public override async Task<int> EndSessionsAsync(
            IReadOnlyCollection<string> silos,
            CancellationToken cancellationToken)
        {
            Deeds.Enqueue("end");
            await _goOn.Task.WaitAsync(cancellationToken);
            Deeds.Enqueue("ended");
            return silos.Count;
        }

        public override Task<LoadedProcess?> LoadAsync(ProcessId id, CancellationToken cancellationToken)
        {
            if (id.Value == "orphan")
            {
                Deeds.Enqueue("load");
            }

            return base.LoadAsync(id, cancellationToken);
        }
    }

    /// <summary>
    /// A silo that is slow: what it loads of orphans comes when the test says so. Until then the wake is under way.
    /// </summary>
    private sealed class SlowStore(IProcessStore inner) : DelegatingProcessStore(inner)
    {
        private readonly TaskCompletionSource _goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>When each orphan was woken first.</summary>
        public ConcurrentDictionary<ProcessId, long> Woken { get; } = new();

        public void GoOn() => _goOn.SetResult();

        public override async Task<LoadedProcess?> LoadAsync(ProcessId id, CancellationToken cancellationToken)
        {
            if (id.Value.StartsWith("orphan-", StringComparison.Ordinal))
            {
                Woken.TryAdd(id, Stopwatch.GetTimestamp());
                await _goOn.Task.WaitAsync(cancellationToken);
            }

            return await base.LoadAsync(id, cancellationToken);
        }
    }
}
