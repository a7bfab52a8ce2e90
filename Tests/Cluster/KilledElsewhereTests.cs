using Microsoft.Extensions.DependencyInjection;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Grains.Supervision;
using Orleans.Workflows.Shared.Processes;

namespace Orleans.Workflows.Cluster;

/// <summary>
/// A kill that is not carried out by the process's activation: random programs found that it went on waiting in memory,
/// and who awaited its end with it.
/// </summary>
public sealed class KilledElsewhereTests(SharedCluster cluster) : IClassFixture<SharedCluster>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WaitingActivation_PokedAfterTheKill_TellsTheEnd()
    {
        var handle = await WaitingAsync();
        var end = handle.WaitAsync(Cancel);

        await KillElsewhereAsync(handle.Id);
        await cluster.Whole.Grains.GetGrain<IProcessGrain>(handle.Id.Value).PokeAsync(scanTime: null);

        (await end.WaitAsync(TimeSpan.FromSeconds(30), Cancel)).State.ShouldBe(ProcessState.Killed);
    }

    [Fact]
    public async Task WaitingActivation_ThatHeardNothingOfTheKill_IsFoundOutByWhoAsks()
    {
        var handle = await WaitingAsync();

        await KillElsewhereAsync(handle.Id);

        // Without a poke the client asks again after 15 s, and each time after that.
        (
            await cluster.Client.GetHandle(handle.Id).WaitAsync(Cancel).WaitAsync(TimeSpan.FromSeconds(45), Cancel)
        ).State.ShouldBe(ProcessState.Killed);
    }

    [Theory]
    [InlineData("gate")]
    [InlineData("poll")]
    public async Task RunningStep_KilledByAnotherSilo_IsToldToStop(string kind)
    {
        await using var two = await TestCluster.StartAsync(silos: 2);
        var handle = await two.Client.StartAsync(Types.Probe, new ProbeInput(kind), cancellationToken: Cancel);
        await two.Recorder.EnteredAsync(handle.Id);
        var owner = (await two.Store.LoadAsync(handle.Id, Cancel))!.Row.Owner;
        var elsewhere = two.Cluster.Silos.Single(silo => silo.SiloAddress.ToParsableString() != owner);

        await KillAsync(two.Store, elsewhere.ServiceProvider.GetRequiredService<OverdueKill>(), handle.Id);

        await Eventually.TrueAsync("its token says why", () =>
            Task.FromResult(two.Recorder.Notes.Contains($"{handle.Id} stopped: Kill")));
    }

    private async Task<ProcessHandle<WaitOutput>> WaitingAsync()
    {
        var handle = await cluster.Client.StartAsync(Types.Wait, new WaitInput(), cancellationToken: Cancel);
        await Eventually.TrueAsync("it waits", async () =>
            (await handle.GetStatusAsync(Cancel)).Summary.State == ProcessState.Waiting);
        return handle;
    }

    private Task KillElsewhereAsync(ProcessId id) =>
        KillAsync(cluster.Store, cluster.Whole.Cluster.Silos[0].ServiceProvider.GetRequiredService<OverdueKill>(), id);

    private static async Task KillAsync(IProcessStore store, OverdueKill overdueKill, ProcessId id)
    {
        await store.SendAsync(
            new InboxMessage
            {
                Receiver = id,
                MessageId = "c:elsewhere",
                Kind = MessageKind.ForceKill,
                SentAt = TimeProvider.System.GetUtcNow(),
            },
            Cancel);
        await overdueKill.CarryOutAsync(id, Cancel);
        (await store.LoadAsync(id, Cancel))!.Row.State.ShouldBe(ProcessState.Killed);
    }
}
