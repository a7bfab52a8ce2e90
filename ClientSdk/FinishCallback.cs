using Orleans.Workflows.Linked;

namespace Orleans.Workflows;

/// <summary>
/// A callback that is called once when a process has ended, also for one that had ended already. Dispose it to call it
/// off.
/// </summary>
public sealed class FinishCallback : IAsyncDisposable
{
    private static readonly AsyncLocal<FinishCallback?> Running = new();

    private readonly CancellationTokenSource _calledOff = new();
    private int _disposed;

    internal FinishCallback(Func<CancellationToken, Task<ProcessOutcome>> wait, Func<ProcessOutcome, Task> callback)
    {
        Completion = Detached.Run(() => RunAsync(wait, callback, _calledOff.Token), TaskScheduler.Default).Unwrap();
    }

    /// <summary>
    /// Completes when the callback was called and has completed. Fails with what the callback threw, or what the one
    /// for incidents did, or with <see cref="ProcessNotFoundException"/>; is cancelled when it was called off before.
    /// </summary>
    public Task Completion { get; }

    /// <summary>
    /// Calls it off, unless it was called already; then waits for its end. The callback itself may do so, and does not
    /// wait for itself.
    /// </summary>
    /// <returns>Completes when it will not be called any more.</returns>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            await _calledOff.CancelAsync().ConfigureAwait(false);
            if (Running.Value != this)
            {
                await Completion.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            _calledOff.Dispose();
        }
    }

    private async Task RunAsync(
        Func<CancellationToken, Task<ProcessOutcome>> wait,
        Func<ProcessOutcome, Task> callback,
        CancellationToken calledOff)
    {
        var outcome = await wait(calledOff).ConfigureAwait(false);
        calledOff.ThrowIfCancellationRequested();
        Running.Value = this;
        await callback(outcome).ConfigureAwait(false);
    }
}
