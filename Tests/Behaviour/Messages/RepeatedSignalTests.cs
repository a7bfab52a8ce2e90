using Orleans.Workflows.Behaviour.Clusters;
using Orleans.Workflows.Behaviour.Outlines;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Testing;

namespace Orleans.Workflows.Behaviour.Messages;

/// <summary>Signals whose first try is stored and not answered: the answer is that of the call.</summary>
public sealed class RepeatedSignalTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null)]
    [InlineData("the-signal")]
    public async Task Signal_StoredByAnEarlierTryOfTheCall_IsThisCalls(string? signalId)
    {
        await using var cluster = await BehaviourCluster.StartAsync(StoreKind.Memory, static store => new Speechless(
            store));
        var process = await cluster.Client.StartAsync(
            Worker.Type,
            new WorkInput("wait", 3),
            cancellationToken: Cancel);

        var stored = await process.SignalAsync("go", "now", signalId, Cancel);
        var again = signalId is not null && (await process.SignalAsync("go", "now", signalId, Cancel)).WasStored;

        stored.WasStored.ShouldBeTrue();
        again.ShouldBeFalse("another call has stored it");
        (await process.GetResultAsync(Cancel)).Number.ShouldBe(3);
    }

    /// <summary>Stores each message and says that it is away, the first time.</summary>
    private sealed class Speechless(IProcessStore inner) : DelegatingProcessStore(inner)
    {
        private readonly HashSet<string> _sent = [];

        public override async Task<SendResult> SendAsync(InboxMessage message, CancellationToken cancellationToken)
        {
            var result = await base.SendAsync(message, cancellationToken);
            lock (_sent)
            {
                return _sent.Add(message.MessageId)
                    ? throw new StoreUnavailableException("The answer is lost.")
                    : result;
            }
        }
    }
}
