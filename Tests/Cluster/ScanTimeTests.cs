using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Shared.Processes;

namespace Orleans.Workflows.Cluster;

/// <summary>
/// A wake carries the time of the scan. It counts a little beyond the silo's own reckoning, for waits; never for
/// deadlines.
/// </summary>
public sealed class ScanTimeTests : IAsyncLifetime
{
    private TestCluster _cluster = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _cluster = await TestCluster.StartAsync(
            time: new FakeTimeProvider(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero)));

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Poke_OfDaysAhead_RingsNoTimerOfDays()
    {
        var handle = await WaitingAsync(TimeSpan.FromDays(2));

        await PokeAsync(handle, TimeSpan.FromDays(3));

        (await handle.GetStatusAsync(Cancel)).Summary.State.ShouldBe(ProcessState.Waiting);
        _cluster.Whole.Time.Advance(TimeSpan.FromDays(2));
        (await handle.GetResultAsync(Cancel)).Got.ShouldBe("timeout");
    }

    [Fact]
    public async Task Poke_OfSecondsAhead_RingsATimerOfSeconds()
    {
        var handle = await WaitingAsync(TimeSpan.FromSeconds(3));

        await PokeAsync(handle, TimeSpan.FromSeconds(4));

        (await handle.GetResultAsync(Cancel)).Got.ShouldBe("timeout");
    }

    [Fact]
    public async Task Poke_OfSecondsAhead_KillsNothingByItsDeadline()
    {
        var handle = await _cluster.Client.StartAsync(
            Types.Wait,
            new WaitInput(),
            new StartOptions { Deadline = TimeSpan.FromSeconds(3) },
            Cancel);
        await _cluster.Whole.SettleAsync(Cancel);

        await PokeAsync(handle, TimeSpan.FromSeconds(4));

        (await handle.GetStatusAsync(Cancel)).Summary.State.ShouldBe(ProcessState.Waiting);
        _cluster.Whole.Time.Advance(TimeSpan.FromSeconds(3));
        (await handle.WaitAsync(Cancel)).ExitCode.ShouldBe(EngineExitCodes.DeadlineExceeded);
    }

    private async Task PokeAsync(ProcessHandle handle, TimeSpan ahead)
    {
        var grains = _cluster.Whole.Orleans.Silos[0].ServiceProvider.GetRequiredService<IGrainFactory>();
        await grains.GetGrain<IProcessGrain>(handle.Id.Value).PokeAsync(_cluster.Whole.Time.Now + ahead);

        // A call comes after the poke in the lane's queue.
        await handle.GetStatusAsync(Cancel);
        await _cluster.Whole.SettleAsync(Cancel);
    }

    private async Task<ProcessHandle<WaitOutput>> WaitingAsync(TimeSpan timeout)
    {
        var handle = await _cluster.Client.StartAsync(
            Types.Wait,
            new WaitInput(Timeout: timeout),
            cancellationToken: Cancel);
        await _cluster.Whole.SettleAsync(Cancel);
        return handle;
    }
}
