using Orleans.Workflows.Shared.Processes;

namespace Orleans.Workflows.Cluster.Limits;

/// <summary>What a process does not take has an end; what gets it out of that does not.</summary>
public sealed class InboxLimitTests(SharedCluster shared) : IClassFixture<SharedCluster>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>So large that sixteen fill an inbox.</summary>
    private static byte[] Noise { get; } =
        [
            (byte)'"',
            .. Enumerable.Repeat(
                (byte)'x', (WorkflowLimits.MaxInboxBytes / 16) - WorkflowLimits.SignalOverheadBytes - 2),
            (byte)'"',
        ];

    [Fact]
    public async Task Signals_BeyondTheBytesOfAnInbox_AreRefusedAndTheProcessGoesOn()
    {
        var handle = await shared.Client.StartAsync(Types.Wait, new WaitInput(), cancellationToken: Cancel);
        for (var i = 0; i < 16; i++)
        {
            (await handle.SignalJsonAsync("noise", Noise, cancellationToken: Cancel)).WasStored.ShouldBeTrue();
        }

        var refused = await Should.ThrowAsync<WorkflowOverloadedException>(() =>
            handle.SignalJsonAsync("noise", Noise, "again", Cancel));

        refused.Message.ShouldContain($"The process {handle.Id} has as many signals as it may have");
        (await handle.GetStatusAsync(Cancel)).Pending.Count.ShouldBe(16);
        (await handle.PauseAsync(cancellationToken: Cancel)).Status.ShouldBe(ControlStatus.Accepted);
        (await handle.PlayAsync(cancellationToken: Cancel)).Status.ShouldBe(ControlStatus.Accepted);
        (await handle.SignalAsync("go", "what it waits for", cancellationToken: Cancel)).WasStored.ShouldBeTrue();
        (await handle.GetResultAsync(Cancel)).Got.ShouldBe("what it waits for");
    }

    [Fact]
    public async Task Status_OfThousandsOfSignals_NamesSomeAndCountsTheRest()
    {
        var handle = await shared.Client.StartAsync(Types.Wait, new WaitInput(), cancellationToken: Cancel);
        await Task.WhenAll(
            Enumerable.Range(0, 1_003).Select(_ => handle.SignalJsonAsync("noise", [], cancellationToken: Cancel)));

        var pending = (await handle.GetStatusAsync(Cancel)).Pending;

        pending.Count.ShouldBe(1_001);
        (pending[0], pending[^1]).ShouldBe(("Signal noise", "and 3 more"));
    }
}
