using System.Collections.Concurrent;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Testing;

namespace Orleans.Workflows.Cluster.Limits;

/// <summary>
/// What is asked of the gateway about a row costs no look at its inbox, which may have sixteen thousand messages.
/// </summary>
public sealed class SignalReadTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SignalsThatAreHeldAgainstTheirStep_AndWhatNeedsTheRowAlone_ReadNoInbox()
    {
        var reads = new ConcurrentQueue<string>();
        await using var cluster = await TestCluster.StartAsync(
            add: static workflows => workflows.AddProcess<NeedyMachine>(),
            wrap: store => new Reads(store, reads));
        var handle = await cluster.Client.StartAsync(NeedyMachine.Type, new TimeInput(null), cancellationToken: Cancel);
        await handle.UntilAsync(static status => status.AwaitedSignal == "go", Cancel);
        reads.Clear();

        await Should.ThrowAsync<PayloadException>(() => handle.SignalJsonAsync("go", [], cancellationToken: Cancel));
        await Should.ThrowAsync<PayloadException>(() =>
            handle.SignalJsonAsync("go", "12"u8.ToArray(), cancellationToken: Cancel));
        (await handle.GetOutcomeAsync(Cancel)).ShouldBeNull();
        await handle.GetCheckpointAsync(Cancel);
        await handle.GetHistoryAsync(cancellationToken: Cancel).ToListAsync(Cancel);

        reads.ShouldBe(["row", "row", "row", "row", "row"]);
    }

    private sealed class Reads(IProcessStore inner, ConcurrentQueue<string> reads) : DelegatingProcessStore(inner)
    {
        public override Task<LoadedProcess?> ReadAsync(ProcessId id, CancellationToken cancellationToken)
        {
            reads.Enqueue("row and inbox");
            return base.ReadAsync(id, cancellationToken);
        }

        public override Task<ProcessRow?> ReadRowAsync(ProcessId id, CancellationToken cancellationToken)
        {
            reads.Enqueue("row");
            return base.ReadRowAsync(id, cancellationToken);
        }
    }
}
