namespace Orleans.Workflows.Cluster.Limits;

/// <summary>A signal whose name no step of the definition names is stored, and its sender is told.</summary>
public sealed class MisspeltSignalTests : IAsyncLifetime
{
    private TestCluster _cluster = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _cluster = await TestCluster.StartAsync(
        add: static workflows => workflows.AddProcess<NeedyChain>().AddProcess<NeedyMachine>());

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Signal_OfANameThatTheOutlineDoesNotHave_IsStored_AndSaysSo()
    {
        var chain = await _cluster.Client.StartAsync(NeedyChain.Type, new TimeInput(null), cancellationToken: Cancel);

        var misspelt = await chain.SignalAsync("gone", "on", "s-1", Cancel);
        var again = await chain.SignalAsync("gone", "on", "s-1", Cancel);
        var right = await chain.SignalAsync("go", "on", cancellationToken: Cancel);

        misspelt.WasStored.ShouldBeTrue();
        misspelt.AwaitedNames.ShouldBe(["go", "note"]);
        misspelt.Warning.ShouldBe(
            $"The definition of the process {chain.Id} never waits for the signal 'gone', which is kept in vain; it "
            + "waits for: go, note.");
        again.WasStored.ShouldBeFalse();
        again.AwaitedNames.ShouldBe(["go", "note"]);
        right.AwaitedNames.ShouldBeNull();
        right.Warning.ShouldBeNull();
        (await chain.GetStatusAsync(Cancel)).Pending.ShouldBe(["Signal gone", "Signal go"]);
    }

    /// <summary>What it waits for, it says at run time.</summary>
    [Fact]
    public async Task Signal_ToAStepMachine_SaysNothing()
    {
        var machine = await _cluster.Client.StartAsync(
            NeedyMachine.Type,
            new TimeInput(null),
            cancellationToken: Cancel);

        (await machine.SignalAsync("gone", "on", cancellationToken: Cancel)).AwaitedNames.ShouldBeNull();
    }
}
