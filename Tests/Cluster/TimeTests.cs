using Microsoft.Extensions.Time.Testing;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Shared.Processes;
using Orleans.Workflows.Testing;

namespace Orleans.Workflows.Cluster;

/// <summary>
/// Waits of days on a clock that stands still until it is moved, which drives the engine and nothing else.
/// </summary>
public sealed class TimeTests : IAsyncLifetime
{
    private TestCluster _cluster = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private WorkflowTestCluster Whole => _cluster.Whole;

    private TestTime Time => Whole.Time;

    public async ValueTask InitializeAsync() =>
        _cluster = await TestCluster.StartAsync(
            time: new FakeTimeProvider(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero)));

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Timeout_OfTwoDays_FiresOnTime()
    {
        var handle = await WaitingAsync(new WaitInput(Timeout: TimeSpan.FromDays(2)));

        Time.Advance(TimeSpan.FromDays(2) - TimeSpan.FromMinutes(1));
        await Whole.SettleAsync(Cancel);
        (await handle.GetStatusAsync(Cancel)).Summary.State.ShouldBe(ProcessState.Waiting);
        Time.Advance(TimeSpan.FromMinutes(1));

        (await handle.GetResultAsync(Cancel)).Got.ShouldBe("timeout");
    }

    [Fact]
    public async Task Delay_OfAnHour_ThenTheSignal()
    {
        var began = Time.Now;
        var handle = await WaitingAsync(new WaitInput(Delay: TimeSpan.FromHours(1)));
        await handle.SignalAsync("go", "early", cancellationToken: Cancel);

        (await handle.GetStatusAsync(Cancel)).WaitingFor.ShouldStartWith("The time");
        await Whole.RunToEndAsync(handle, cancellationToken: Cancel);

        (await handle.GetResultAsync(Cancel)).Got.ShouldBe("early");
        Time.Now.ShouldBe(began + TimeSpan.FromHours(1));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(9_999)]
    [InlineData(10_000)]
    [InlineData(10_001)]
    public async Task Wait_OfAboutAMillisecond_IsOverWhenTheTestMovesTime(long ticks)
    {
        var delayed = await _cluster.Client.StartAsync(
            Types.Wait,
            new WaitInput(Delay: TimeSpan.FromTicks(ticks)),
            cancellationToken: Cancel);
        await delayed.SignalAsync("go", "on", cancellationToken: Cancel);
        var limited = await _cluster.Client.StartAsync(
            Types.Wait,
            new WaitInput(Timeout: TimeSpan.FromTicks(ticks)),
            cancellationToken: Cancel);

        await Whole.SettleAsync(Cancel);
        Time.Advance(TimeSpan.FromTicks(1));
        await Whole.SettleAsync(Cancel);

        (await Whole.RunToEndAsync(delayed, cancellationToken: Cancel)).IsSuccess.ShouldBeTrue();
        (await Whole.RunToEndAsync(limited, cancellationToken: Cancel)).IsSuccess.ShouldBeTrue();
    }

    [Fact]
    public async Task Timer_ElapsedDuringAPause_FiresOnPlay()
    {
        var handle = await WaitingAsync(new WaitInput(Timeout: TimeSpan.FromHours(1)));
        await (await handle.PauseAsync(cancellationToken: Cancel)).WaitForEffectAsync(Cancel);

        Time.Advance(TimeSpan.FromHours(2));
        await Whole.SettleAsync(Cancel);
        var paused = await handle.GetStatusAsync(Cancel);
        await handle.PlayAsync(cancellationToken: Cancel);

        paused.Summary.State.ShouldBe(ProcessState.Waiting);
        paused.Summary.DueAt.ShouldBeNull();
        (await handle.GetResultAsync(Cancel)).Got.ShouldBe("timeout");
    }

    [Fact]
    public async Task Start_Delayed_BeginsWhenItsTimeComes()
    {
        var handle = await _cluster.Client.StartAsync(
            Types.Hello,
            new HelloInput("later"),
            new StartOptions { Delay = TimeSpan.FromHours(3) },
            Cancel);

        await Whole.SettleAsync(Cancel);
        (await handle.GetStatusAsync(Cancel)).Summary.State.ShouldBe(ProcessState.Created);
        Time.Advance(TimeSpan.FromHours(3));

        (await handle.GetResultAsync(Cancel)).Text.ShouldStartWith("Hello later");
    }

    [Fact]
    public async Task Deadline_Passed_KillsWhatWaits()
    {
        var handle = await _cluster.Client.StartAsync(
            Types.Wait,
            new WaitInput(),
            new StartOptions { Deadline = TimeSpan.FromMinutes(5) },
            Cancel);
        await Whole.SettleAsync(Cancel);

        Time.Advance(TimeSpan.FromMinutes(5));

        var outcome = await handle.WaitAsync(Cancel);
        outcome.State.ShouldBe(ProcessState.Killed);
        outcome.ExitCode.ShouldBe(EngineExitCodes.DeadlineExceeded);
    }

    [Fact]
    public async Task Deadline_Passed_StopsARunningStep()
    {
        var handle = await _cluster.Client.StartAsync(
            Types.Probe,
            new ProbeInput("gate"),
            new StartOptions { Deadline = TimeSpan.FromMinutes(5) },
            Cancel);
        await _cluster.Recorder.EnteredAsync(handle.Id);

        Time.Advance(TimeSpan.FromMinutes(5));

        (await handle.WaitAsync(Cancel)).State.ShouldBe(ProcessState.Killed);
        _cluster.Recorder.Notes.ShouldContain($"{handle.Id} stopped: Kill");
    }

    [Fact]
    public async Task N26_IdleProcess_LeavesMemory_AndComesBackInMidOutline()
    {
        var handle = await WaitingAsync(new WaitInput());
        var grain = _cluster.Cluster.Client.GetGrain<IProcessGrain>(handle.Id.Value);

        await Eventually.TrueAsync("its activation is gone", () =>
        {
            // The client that started it counts as waiting for some real seconds.
            Time.Advance(TimeSpan.FromSeconds(11));
            return Task.FromResult(!_cluster.Cluster.TryGetGrainContext(grain.GetGrainId(), out _));
        }, seconds: 60);
        await handle.SignalAsync("go", "again", cancellationToken: Cancel);

        (await handle.GetResultAsync(Cancel)).Got.ShouldBe("again");
    }

    [Fact]
    public async Task Silo_KilledWhileTheClockStandsStill_ItsStepsGoOnInAnother()
    {
        var handle = await _cluster.Client.StartAsync(Types.Probe, new ProbeInput("gate"), cancellationToken: Cancel);
        await _cluster.Recorder.EnteredAsync(handle.Id);
        _cluster.Recorder.Reset(handle.Id);
        var now = Time.Now;

        await Whole.RestartSiloAsync(cancellationToken: Cancel);
        await _cluster.Recorder.EnteredAsync(handle.Id);
        _cluster.Recorder.Open(handle.Id);

        (await handle.GetResultAsync(Cancel)).Attempt.ShouldBe(2);
        Time.Now.ShouldBe(now);
    }

    private async Task<ProcessHandle<WaitOutput>> WaitingAsync(WaitInput input)
    {
        var handle = await _cluster.Client.StartAsync(Types.Wait, input, cancellationToken: Cancel);
        await Whole.SettleAsync(Cancel);
        return handle;
    }
}
