using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Overload;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Shared.Processes;
using Orleans.Workflows.Testing;

namespace Orleans.Workflows.Cluster;

/// <summary>A store that writes, but far too slowly for what is started.</summary>
public sealed class SlowStoreTests : IAsyncLifetime
{
    private SlowStore _slow = null!;
    private TestCluster _cluster = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _cluster = await TestCluster.StartAsync(wrap: store => _slow = new SlowStore(store));

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Starts_WhileTheStoreIsSlow_AreRefusedWithinASecondAndNothingElseIs()
    {
        var waiting = await _cluster.Client.StartAsync(Types.Wait, new WaitInput(), cancellationToken: Cancel);
        var (gateway, direct) = (
            _cluster.Cluster.Client.GetGrain<IProcessGatewayGrain>(0),
            new List<Task<StartReply>>());
        _slow.Begin();
        var flooded = Stopwatch.GetTimestamp();
        for (var start = 0; start < StartPlaces.Ample; start++)
        {
            direct.Add(Grain().StartAsync(Request(), observer: null));
        }

        await Eventually.TrueAsync("all places are taken", () => Task.FromResult(_slow.Held >= StartPlaces.Ample));

        // An answer that came soon would make more places.
        await Eventually.TrueAsync("the starts have waited for long", () =>
            Task.FromResult(Stopwatch.GetElapsedTime(flooded) > TimeSpan.FromSeconds(1)));
        _slow.WriteOne();
        await Task.WhenAny(direct);
        direct.Add(gateway.StartAsync(ProcessId.New(), Request(), observer: null));
        await Eventually.TrueAsync("the place that came free is taken again", () =>
            Task.FromResult(_slow.Held > StartPlaces.Ample));
        var places = _cluster.Whole.Silos[0].ServiceProvider.GetRequiredService<StartPlaces>();
        places.Count.ShouldBeLessThanOrEqualTo(StartPlaces.Ample, "nothing was answered soon");
        for (var start = 0; start < 4; start++)
        {
            // What was answered a moment ago keeps a slow store apart from one that is away.
            var began = Stopwatch.GetTimestamp();
            var reply = await (
                start % 2 == 0
                    ? gateway.StartAsync(ProcessId.New(), Request(), observer: null)
                    : Grain().StartAsync(Request(), observer: null));
            Stopwatch.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromSeconds(1));
            reply.Status.ShouldBe(StartStatus.Overloaded);
            reply.Faults.ShouldHaveSingleItem().ShouldStartWith("1,024 starts wait, ");
        }

        await waiting.SignalAsync("go", "on", cancellationToken: Cancel);
        (await waiting.GetResultAsync(Cancel)).Got.ShouldBe("on");
        await Eventually.TrueAsync("when nothing is written for a second, the store is said to be away", async () =>
            (await gateway.StartAsync(ProcessId.New(), Request(), observer: null)).Status == StartStatus.Unavailable);
        _slow.End();
        (await Task.WhenAll(direct)).ShouldAllBe(static reply => reply.Status == StartStatus.Created);
        (await gateway.StartAsync(ProcessId.New(), Request(), observer: null)).Status.ShouldBe(StartStatus.Created);
    }

    private IProcessGrain Grain() => _cluster.Cluster.Client.GetGrain<IProcessGrain>(ProcessId.New().Value);

    private static StartRequest Request() => new()
    {
        RequestId = Guid.NewGuid().ToString("N"),
        Type = Types.Wait.Name,
        Input = "{}"u8.ToArray(),
        Delay = TimeSpan.FromHours(1),
    };

    /// <summary>Holds inserts until it is told to go on; everything else is written at once.</summary>
    private sealed class SlowStore(IProcessStore inner) : DelegatingProcessStore(inner)
    {
        private readonly SemaphoreSlim _writes = new(0);
        private volatile bool _isSlow;
        private int _held;

        public int Held => Volatile.Read(ref _held);

        public void Begin() => _isSlow = true;

        public void WriteOne() => _writes.Release();

        public void End()
        {
            _isSlow = false;
            _writes.Release(Held);
        }

        public override async Task<CommitResult> CommitAsync(ProcessCommit commit, CancellationToken cancellationToken)
        {
            if (commit.ExpectedVersion == 0 && _isSlow)
            {
                Interlocked.Increment(ref _held);
                await _writes.WaitAsync(cancellationToken);
            }

            return await base.CommitAsync(commit, cancellationToken);
        }
    }
}
