namespace Orleans.Workflows.Cluster.Limits;

/// <summary>
/// A signal of the wrong shape that got in: its sender is told the truth, and an operator can drop it.
/// </summary>
public sealed class DroppedSignalTests : IAsyncLifetime
{
    private TestCluster _cluster = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _cluster = await TestCluster.StartAsync(
        add: static workflows => workflows.AddProcess<NeedyChain>().AddProcess<NeedyMachine>());

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Signal_ThatItsStepCannotRead_CanBeDropped_AndTheNextIsTaken()
    {
        var machine = await _cluster.Client.StartAsync(
            NeedyMachine.Type,
            new TimeInput(null),
            cancellationToken: Cancel);
        await machine.SignalAsync("go", 7, "wrong", Cancel);
        await machine.SignalAsync("go", "on", "right", Cancel);
        var met = new TaskCompletionSource<Incident>(TaskCreationOptions.RunContinuationsAsynchronously);

        var wait = machine.WaitForSignalAsync(
            "wrong",
            onIncident: found => met.TrySetResult(found),
            cancellationToken: Cancel);
        var incident = await met.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        wait.IsCompleted.ShouldBeFalse("nobody has taken it");
        incident.Code.ShouldBe(IncidentCode.PayloadUnreadable);
        incident.Remedy.ShouldContain($"owf drop {machine.Id} 'wrong'");
        (await machine.DropSignalAsync("gone", cancellationToken: Cancel)).Status.ShouldBe(
            ControlStatus.RefusedNoSignal);
        var drop = await machine.DropSignalAsync("wrong", "ann: sent by the old client", Cancel);

        drop.Status.ShouldBe(ControlStatus.Accepted);
        (await drop.WaitForEffectAsync(Cancel)).ShouldBe(MessageEffect.Applied);
        (await wait.WaitAsync(TimeSpan.FromSeconds(30), Cancel)).ShouldBe(MessageEffect.Refused);
        (await machine.RetryAsync(Cancel)).Status.ShouldBe(ControlStatus.Accepted);
        (await machine.GetResultAsync(Cancel)).Text.ShouldBe("ON");
        (await machine.WaitForSignalAsync("right", cancellationToken: Cancel)).ShouldBe(
            MessageEffect.Applied);
        (await machine.GetHistoryAsync(cancellationToken: Cancel).ToListAsync(Cancel))
            .SelectMany(static entry => entry.Events)
            .ShouldContain(
                new HistoryEvent(
                    HistoryKind.SignalDropped,
                    "signal 'go' with the id wrong: ann: sent by the old client"));
        (await machine.DropSignalAsync("right", cancellationToken: Cancel)).Status.ShouldBe(
            ControlStatus.RefusedTerminal);
    }

    [Fact]
    public async Task Drop_ByAnIdThatNoSignalCanHave_IsRefusedBeforeItIsSent()
    {
        var nobody = _cluster.Client.GetHandle(ProcessId.New());

        foreach (var id in new[] { "a\0b", "a\ud800", new string('a', WorkflowLimits.MaxMessageIdLength + 1) })
        {
            await Should.ThrowAsync<ArgumentException>(() => nobody.DropSignalAsync(id, cancellationToken: Cancel));
        }
    }

    [Fact]
    public async Task SignalWithoutAPayload_NeedsNoneToBeGiven()
    {
        var chain = await _cluster.Client.StartAsync(NeedyChain.Type, new TimeInput(null), cancellationToken: Cancel);

        (await chain.SignalAsync("note", Cancel)).WasStored.ShouldBeTrue();
        await Should.ThrowAsync<PayloadException>(() => chain.SignalAsync("go", Cancel));
        await chain.SignalAsync("go", "on", cancellationToken: Cancel);

        (await chain.GetResultAsync(Cancel)).ShouldBe(new NeedyChain.Out("none", "ON"));
    }
}
