namespace Orleans.Workflows.Cluster.Limits;

/// <summary>
/// Signals without a payload: taken where null is a value, refused where the step needs one, never null in it.
/// </summary>
public sealed class EmptySignalTests : IAsyncLifetime
{
    private TestCluster _cluster = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private IProcessClient Client => _cluster.Client;

    public async ValueTask InitializeAsync() => _cluster = await TestCluster.StartAsync(
        add: static workflows => workflows.AddProcess<NeedyChain>().AddProcess<NeedyMachine>());

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Signal_WithoutAPayload_IsRefusedWhereItsStepNeedsOne()
    {
        var chain = await Client.StartAsync(NeedyChain.Type, new TimeInput(null), cancellationToken: Cancel);
        var machine = await Client.StartAsync(NeedyMachine.Type, new TimeInput(null), cancellationToken: Cancel);
        await Eventually.TrueAsync("the machine waits", async () =>
            (await machine.GetStatusAsync(Cancel)).AwaitedSignal == "go");

        foreach (var handle in new ProcessHandle[] { chain, machine })
        {
            var json = await Should.ThrowAsync<PayloadException>(() =>
                handle.SignalJsonAsync("go", [], cancellationToken: Cancel));
            var typed = await Should.ThrowAsync<PayloadException>(() =>
                handle.SignalAsync<string?>("go", null, cancellationToken: Cancel));

            json.Message.ShouldStartWith("The signal 'go' has no payload, and the step '");
            json.Message.ShouldEndWith("needs one of the type string.");
            typed.Message.ShouldBe(json.Message);
        }

        (await chain.SignalJsonAsync("note", [], cancellationToken: Cancel)).WasStored.ShouldBeTrue(
            "its type is nullable");
        (await chain.SignalAsync("go", "on", cancellationToken: Cancel)).WasStored.ShouldBeTrue();
        (await machine.SignalAsync("go", "on", cancellationToken: Cancel)).WasStored.ShouldBeTrue();
        (await chain.GetResultAsync(Cancel)).ShouldBe(new NeedyChain.Out("none", "ON"));
        (await machine.GetResultAsync(Cancel)).ShouldBe(new NeedyChain.Out(null, "ON"));
    }

    [Fact]
    public async Task Signal_WithoutAPayloadThatCameEarly_IsAnIncidentOfTheWait_WhichGoesOn()
    {
        var machine = await Client.StartAsync(
            NeedyMachine.Type,
            new TimeInput(null),
            new StartOptions { Paused = true },
            Cancel);
        (await machine.SignalJsonAsync("go", [], cancellationToken: Cancel)).WasStored.ShouldBeTrue(
            "nobody knows yet what reads it");

        await machine.PlayAsync(cancellationToken: Cancel);

        var status = await machine.UntilAsync(static status => status.Incident is not null, Cancel);
        status
            .Incident.ShouldNotBeNull()
            .ShouldSatisfyAllConditions(
                incident => incident.Code.ShouldBe(IncidentCode.PayloadUnreadable),
                incident =>
                    incident.Text.ShouldBe(
                        "The signal 'go' has come without a payload, and the step 'Go' needs one of the type string."),
                incident => incident.Remedy.ShouldContain("send the signal again with a payload"));
        await machine.PlayAsync(cancellationToken: Cancel);
        await machine.SignalAsync("go", "on", cancellationToken: Cancel);
        (await machine.GetResultAsync(Cancel)).Text.ShouldBe("ON");
    }

    [Fact]
    public async Task WaitForSignal_ThatMeetsAnIncident_SaysSo_AndGoesOn()
    {
        var machine = await Client.StartAsync(
            NeedyMachine.Type,
            new TimeInput(null),
            new StartOptions { Paused = true },
            Cancel);
        await machine.SignalJsonAsync("go", [], cancellationToken: Cancel);
        await machine.PlayAsync(cancellationToken: Cancel);
        await machine.UntilAsync(static status => status.Incident is not null, Cancel);
        await machine.SignalAsync("go", "on", "second", Cancel);
        var met = new TaskCompletionSource<Incident>(TaskCreationOptions.RunContinuationsAsynchronously);

        var wait = machine.WaitForSignalAsync("second", onIncident: met.SetResult, cancellationToken: Cancel);

        (await met.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancel)).Text.ShouldContain("without a payload");
        wait.IsCompleted.ShouldBeFalse();
        await machine.PlayAsync(cancellationToken: Cancel);
        (await wait.WaitAsync(TimeSpan.FromSeconds(30), Cancel)).ShouldBe(MessageEffect.Applied);
    }

    [Fact]
    public async Task WaitForTheEnd_ThatMeetsAnIncident_HearsOfItAtOnce()
    {
        var machine = await Client.StartAsync(
            NeedyMachine.Type,
            new TimeInput(null),
            new StartOptions { Paused = true },
            Cancel);
        await machine.SignalJsonAsync("go", [], cancellationToken: Cancel);
        var met = new TaskCompletionSource<Incident>(TaskCreationOptions.RunContinuationsAsynchronously);
        var wait = machine.WaitAsync(met.SetResult, Cancel);

        await machine.PlayAsync(cancellationToken: Cancel);

        // Whoever is not told asks again after 15 s.
        (await met.Task.WaitAsync(TimeSpan.FromSeconds(12), Cancel)).Text.ShouldContain("without a payload");
        await machine.KillAsync("enough", cancellationToken: Cancel);
        (await wait).State.ShouldBe(ProcessState.Killed);
    }
}
