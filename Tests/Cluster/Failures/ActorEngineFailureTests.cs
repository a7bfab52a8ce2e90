using Orleans.Workflows.Cluster.Sweeps;
using Orleans.Workflows.Shared.Processes;
using Orleans.Workflows.Testing;

namespace Orleans.Workflows.Cluster.Failures;

/// <summary>
/// Failures that other actor-based engines have had, by their numbers in docs/operations/reliability.md. The rest of
/// them have their tests where what they are about is tested.
/// </summary>
public sealed class ActorEngineFailureTests : IAsyncLifetime
{
    private static readonly ProcessType<WaitInput, WaitOutput> PatientType = new("failures/patient");

    private readonly EffectLedger _effects = new();
    private WorkflowTestCluster _cluster = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _cluster = await new WorkflowTestClusterBuilder()
        .AddService(_effects).AddService(new ProbeRecorder())
        .AddProcess<Patient>().AddProcess<Waiter>().AddProcess<Hello>().AddProcess<Errand>().AddProcess<Parent>()
        .StartAsync(Cancel);

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task F05_StepOfTheSameNumberInAnotherRun_HasAnotherKey()
    {
        var id = ProcessId.New();
        for (var run = 0; run < 2; run++)
        {
            var handle = await _cluster.Client.StartAsync(
                Errand.Type,
                new ErrandInput(),
                new StartOptions { Id = id },
                Cancel);
            await _cluster.RunToEndAsync(handle, cancellationToken: Cancel);
            await PurgeAsync();
        }

        var keys = _effects.Effects.Where(effect => effect.What == "order").Select(effect => effect.Key).ToList();
        keys.Count.ShouldBe(2);
        keys.ShouldBeUnique();
    }

    [Fact]
    public async Task F07_WaitThatTimedOut_TakesNoSignalFromTheNextOne()
    {
        var handle = await _cluster.Client.StartAsync(PatientType, new WaitInput(), cancellationToken: Cancel);
        await _cluster.SettleAsync(Cancel);
        _cluster.Time.Advance(TimeSpan.FromHours(1));
        await _cluster.SettleAsync(Cancel);

        await handle.SignalAsync("go", "now", cancellationToken: Cancel);

        (await handle.GetResultAsync(Cancel)).Got.ShouldBe("late: now");
    }

    [Fact]
    public async Task F08_WaitThatWasSatisfied_LeavesNoTimer()
    {
        var handle = await _cluster.Client.StartAsync(PatientType, new WaitInput(), cancellationToken: Cancel);
        await _cluster.SettleAsync(Cancel);
        await handle.SignalAsync("go", "now", cancellationToken: Cancel);
        await handle.GetResultAsync(Cancel);

        (await _cluster.Time.AdvanceToNextTimerAsync(Cancel)).ShouldBeFalse();
        _cluster.Time.Advance(TimeSpan.FromHours(2));
        await _cluster.SettleAsync(Cancel);

        var kinds = await handle
            .GetHistoryAsync(cancellationToken: Cancel)
            .SelectMany(entry => entry.Events)
            .Select(happened => happened.Kind)
            .ToListAsync(Cancel);
        kinds.ShouldNotContain(HistoryKind.TimerFired);
        kinds[^1].ShouldBe(HistoryKind.Finished);
    }

    [Fact]
    public async Task F10_IdThatIsUsedAgain_HasNothingOfTheFirstRun()
    {
        var id = ProcessId.New();
        var first = await _cluster.Client.StartAsync(
            Types.Parent,
            new WaitInput(),
            new StartOptions { Id = id },
            Cancel);
        await _cluster.SettleAsync(Cancel);
        await _cluster.Client.GetHandle(id.Child(0, 0)).SignalAsync("go", "first", "the-signal", Cancel);
        await first.GetResultAsync(Cancel);
        await PurgeAsync();

        var second = await _cluster.Client.StartAsync(
            Types.Parent,
            new WaitInput(),
            new StartOptions { Id = id },
            Cancel);
        await _cluster.SettleAsync(Cancel);
        (await second.GetStatusAsync(Cancel)).WaitingFor.ShouldContain("1 of 1 children");
        (
            await _cluster.Client.GetHandle(id.Child(0, 0)).SignalAsync("go", "second", "the-signal", Cancel)
        ).WasStored.ShouldBeTrue();

        (await second.GetResultAsync(Cancel)).Got.ShouldBe("second");
        (await second.GetHistoryAsync(cancellationToken: Cancel).FirstAsync(Cancel)).Version.ShouldBe(1);
        await _cluster.Store.PurgeAsync(_cluster.Time.Now - TimeSpan.FromHours(1), limit: 100, Cancel);
        (await second.GetStatusAsync(Cancel)).Summary.State.ShouldBe(ProcessState.Finished);
    }

    [Fact]
    public async Task F13_PayloadThatIsTooLarge_IsATypedErrorOfItsSender_AndNobodyElseNotices()
    {
        var text = new string('x', WorkflowJson.MaxPayloadBytes);
        var waiting = await _cluster.Client.StartAsync(Types.Wait, new WaitInput(), cancellationToken: Cancel);
        await _cluster.SettleAsync(Cancel);

        await Should.ThrowAsync<PayloadException>(() =>
            _cluster.Client.StartAsync(Types.Hello, new HelloInput(text), cancellationToken: Cancel));
        await Should.ThrowAsync<PayloadException>(() => waiting.SignalAsync("go", text, cancellationToken: Cancel));
        await waiting.SignalAsync("go", "small", cancellationToken: Cancel);

        (await waiting.GetResultAsync(Cancel)).Got.ShouldBe("small");
    }

    [Fact]
    public async Task F15_Status_WhileTheProcessRuns_IsAlwaysThereAndNeverGoesBack()
    {
        var handle = await _cluster.Client.StartAsync(
            Types.Hello,
            new HelloInput("busy", 2_000),
            cancellationToken: Cancel);
        var end = handle.WaitAsync(Cancel);

        long version = 0, looks = 0;
        while (!end.IsCompleted)
        {
            var status = await handle.GetStatusAsync(Cancel);
            status.Summary.Version.ShouldBeGreaterThanOrEqualTo(version);
            (status.StepsCompleted + 1L).ShouldBeInRange(status.Summary.Version - 1, status.Summary.Version + 1);
            (version, looks) = (status.Summary.Version, looks + 1);
        }

        looks.ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task F23_WhatWasAcknowledged_IsSeenAtOnceByWhoLooks()
    {
        for (var i = 0; i < 50; i++)
        {
            var handle = await _cluster.Client.StartAsync(
                Types.Wait,
                new WaitInput(),
                new StartOptions { Tags = new Dictionary<string, string> { ["n"] = $"{i}" } },
                Cancel);

            (await handle.GetStatusAsync(Cancel)).Summary.Id.ShouldBe(handle.Id);
            var listed = await _cluster.Client.ListPageAsync(
                new ProcessQuery { Tags = new Dictionary<string, string> { ["n"] = $"{i}" } },
                Cancel);
            listed.Items.ShouldHaveSingleItem().Id.ShouldBe(handle.Id);
            await handle.SignalAsync("go", "now", cancellationToken: Cancel);
            var after = await handle.GetStatusAsync(Cancel);
            (after.Pending.Count > 0 || after.Summary.Version > listed.Items[0].Version).ShouldBeTrue(
                "the signal is in the inbox, or was taken in");
        }
    }

    /// <summary>Deletes what has ended, as if its retention were over.</summary>
    private async Task PurgeAsync() =>
        (
            await _cluster.Store.PurgeAsync(_cluster.Time.Now + TimeSpan.FromDays(1), limit: 100, Cancel)
        ).ShouldBeGreaterThan(0);
}
