using Microsoft.Extensions.Time.Testing;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.ClientSdk;
using Orleans.Workflows.Shared.Processes;

namespace Orleans.Workflows.Cluster;

/// <summary>Waits of days on a fake clock, which drives the engine, its supervisors and nothing else.</summary>
public sealed class TimeTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.Zero));
    private TestCluster _cluster = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var starting = TestCluster.StartAsync(time: _time);
        await GoingOn.WhileAsync(_time, starting);
        _cluster = await starting;
    }

    public async ValueTask DisposeAsync() => await GoingOn.WhileAsync(_time, _cluster.DisposeAsync().AsTask());

    [Fact]
    public async Task Timeout_OfTwoDays_FiresOnTime()
    {
        var handle = await WaitingAsync(new WaitInput(Timeout: TimeSpan.FromDays(2)));

        _time.Advance(TimeSpan.FromDays(2) - TimeSpan.FromMinutes(1));
        (await handle.GetStatusAsync(Cancel)).Summary.State.ShouldBe(ProcessState.Waiting);
        _time.Advance(TimeSpan.FromMinutes(1));

        (await ResultAsync(handle)).Got.ShouldBe("timeout");
    }

    [Fact]
    public async Task Delay_OfAnHour_ThenTheSignal()
    {
        var handle = await WaitingAsync(new WaitInput(Delay: TimeSpan.FromHours(1)));
        await handle.SignalAsync("go", "early", cancellationToken: Cancel);

        (await handle.GetStatusAsync(Cancel)).WaitingFor.ShouldStartWith("The time");
        _time.Advance(TimeSpan.FromHours(1));

        (await ResultAsync(handle)).Got.ShouldBe("early");
    }

    [Fact]
    public async Task Timer_ElapsedDuringAPause_FiresOnPlay()
    {
        var handle = await WaitingAsync(new WaitInput(Timeout: TimeSpan.FromHours(1)));
        var pause = (await handle.PauseAsync(cancellationToken: Cancel)).WaitForEffectAsync(Cancel);
        await Eventually.TrueAsync("the pause has its effect", () =>
        {
            // A poke may be lost; then it is a supervisor's scan that finds the pause, and time has to go on for that.
            _time.Advance(TimeSpan.FromSeconds(1));
            return Task.FromResult(pause.IsCompleted);
        });

        _time.Advance(TimeSpan.FromHours(2));
        var paused = await handle.GetStatusAsync(Cancel);
        await handle.PlayAsync(cancellationToken: Cancel);

        paused.Summary.State.ShouldBe(ProcessState.Waiting);
        paused.Summary.DueAt.ShouldBeNull();
        (await ResultAsync(handle)).Got.ShouldBe("timeout");
    }

    [Fact]
    public async Task Start_Delayed_BeginsWhenItsTimeComes()
    {
        var handle = await _cluster.Client.StartAsync(Types.Hello, new HelloInput("later"), new StartOptions { Delay = TimeSpan.FromHours(3) }, Cancel);

        (await handle.GetStatusAsync(Cancel)).Summary.State.ShouldBe(ProcessState.Created);
        _time.Advance(TimeSpan.FromHours(3));

        (await ResultAsync(handle)).Text.ShouldStartWith("Hello later");
    }

    [Fact]
    public async Task Deadline_Passed_KillsWhatWaits()
    {
        var handle = await _cluster.Client.StartAsync(Types.Wait, new WaitInput(), new StartOptions { Deadline = TimeSpan.FromMinutes(5) }, Cancel);
        await Eventually.TrueAsync("it waits", async () => (await handle.GetStatusAsync(Cancel)).Summary.State == ProcessState.Waiting);

        _time.Advance(TimeSpan.FromMinutes(5));

        await Eventually.TrueAsync("it is killed", async () => (await handle.GetStatusAsync(Cancel)).Summary.State == ProcessState.Killed);
        (await handle.WaitAsync(Cancel)).ExitCode.ShouldBe(EngineExitCodes.DeadlineExceeded);
    }

    [Fact]
    public async Task Deadline_Passed_StopsARunningStep()
    {
        var handle = await _cluster.Client.StartAsync(Types.Probe, new ProbeInput("gate"), new StartOptions { Deadline = TimeSpan.FromMinutes(5) }, Cancel);
        await _cluster.Recorder.EnteredAsync(handle.Id);

        _time.Advance(TimeSpan.FromMinutes(5));

        await Eventually.TrueAsync("it is killed", async () => (await handle.GetStatusAsync(Cancel)).Summary.State == ProcessState.Killed);
        _cluster.Recorder.Notes.ShouldContain($"{handle.Id} stopped: Kill");
    }

    [Fact]
    public async Task IdleProcess_LeavesMemory_AndComesBackInMidOutline()
    {
        var handle = await WaitingAsync(new WaitInput());
        var grain = _cluster.Cluster.Client.GetGrain<IProcessGrain>(handle.Id.Value);

        await Eventually.TrueAsync("its activation is gone", () =>
        {
            // The client that started it counts as waiting for some real seconds.
            _time.Advance(TimeSpan.FromSeconds(11));
            return Task.FromResult(!_cluster.Cluster.TryGetGrainContext(grain.GetGrainId(), out _));
        }, seconds: 60);
        await handle.SignalAsync("go", "again", cancellationToken: Cancel);

        (await ResultAsync(handle)).Got.ShouldBe("again");
    }

    private async Task<ProcessHandle<WaitOutput>> WaitingAsync(WaitInput input)
    {
        var handle = await _cluster.Client.StartAsync(Types.Wait, input, cancellationToken: Cancel);
        await Eventually.TrueAsync("it waits", async () => (await handle.GetStatusAsync(Cancel)).Summary.State == ProcessState.Waiting);
        return handle;
    }

    /// <summary>Time goes on until the result is there: a scan that was pushed may come one interval later.</summary>
    private async Task<T> ResultAsync<T>(ProcessHandle<T> handle)
    {
        var result = handle.GetResultAsync(Cancel);
        await Eventually.TrueAsync($"the result of {handle}", () =>
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            return Task.FromResult(result.IsCompleted);
        });
        return await result;
    }
}
