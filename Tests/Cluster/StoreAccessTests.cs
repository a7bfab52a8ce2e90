using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Shared.Processes;
using Orleans.Workflows.Testing;

namespace Orleans.Workflows.Cluster;

/// <summary>What a process asks of the store.</summary>
public sealed class StoreAccessTests : IAsyncLifetime
{
    private TestCluster _cluster = null!;
    private CutOffProcessStore _store = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _cluster = await TestCluster.StartAsync(wrap: store => _store = new CutOffProcessStore(store));

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Result_OfAProcessThatEndsWhileItIsAwaited_IsNotReadFromTheStore()
    {
        var id = ProcessId.New();
        var loads = new CutOffPlan(int.MaxValue, CutOffMode.RefusedBefore) { Only = nameof(IProcessStore.LoadAsync) };
        _store.Plan(id, loads);
        var handle = await _cluster.Client.StartAsync(
            Types.Wait,
            new WaitInput(),
            new StartOptions { Id = id },
            Cancel);
        var result = handle.GetResultAsync(Cancel);

        await handle.SignalAsync("go", "on", cancellationToken: Cancel);

        (await result).Got.ShouldBe("on");
        loads.Accesses.ShouldBe(0);
    }

    [Fact]
    public async Task RenewedWait_AndPokeForNothing_DoNotLoadTheRow()
    {
        var id = ProcessId.New();
        var handle = await _cluster.Client.StartAsync(
            Types.Wait,
            new WaitInput(),
            new StartOptions { Id = id },
            Cancel);
        await Eventually.TrueAsync("it waits", async () =>
            (await handle.GetStatusAsync(Cancel)).Summary.State == ProcessState.Waiting);
        var grain = _cluster.Grains.GetGrain<IProcessGrain>(id.Value);
        var observer = _cluster.Cluster.Client.CreateObjectReference<IProcessObserver>(new Listener());
        var (loads, heads) = (Of(nameof(IProcessStore.LoadAsync)), Of(nameof(IProcessStore.ReadHeadAsync)));

        _store.Plan(id, loads);
        (await grain.SubscribeAsync(observer)).Outcome.ShouldBeNull();
        await grain.WakeAsync(scanTime: null);
        loads.Accesses.ShouldBe(0);

        _store.Plan(id, heads);
        (await grain.SubscribeAsync(observer)).Outcome.ShouldBeNull();
        await grain.WakeAsync(scanTime: null);
        heads.Accesses.ShouldBe(2, "each asks whether the row was moved");

        static CutOffPlan Of(string access) => new(int.MaxValue, CutOffMode.RefusedBefore) { Only = access };
    }

    private sealed class Listener : IProcessObserver
    {
        public Task EndedAsync(ProcessOutcome outcome) => Task.CompletedTask;

        public Task MovedAsync(ProcessId id) => Task.CompletedTask;
    }
}
