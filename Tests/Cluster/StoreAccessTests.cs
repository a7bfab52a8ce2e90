using Orleans.Workflows.Abstractions;
using Orleans.Workflows.ClientSdk;
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

    public async ValueTask InitializeAsync() => _cluster = await TestCluster.StartAsync(wrap: store => _store = new CutOffProcessStore(store));

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Result_OfAProcessThatEndsWhileItIsAwaited_IsNotReadFromTheStore()
    {
        var id = ProcessId.New();
        var loads = new CutOffPlan(int.MaxValue, CutOffMode.RefusedBefore) { Only = nameof(IProcessStore.LoadAsync) };
        _store.Plan(id, loads);
        var handle = await _cluster.Client.StartAsync(Types.Wait, new WaitInput(), new StartOptions { Id = id }, Cancel);
        var result = handle.GetResultAsync(Cancel);

        await handle.SignalAsync("go", "on", cancellationToken: Cancel);

        (await result).Got.ShouldBe("on");
        loads.Accesses.ShouldBe(0);
    }
}
