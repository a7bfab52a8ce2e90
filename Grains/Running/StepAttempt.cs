namespace Orleans.Workflows.Grains.Running;

/// <summary>
/// One attempt of a step in this activation: how it is told to stop, and whether anybody still wants its result.
/// </summary>
/// <param name="time">Times its time-out and its grace period.</param>
/// <param name="grace">How long it may still take when it is told to stop.</param>
internal sealed class StepAttempt(TimeProvider time, TimeSpan grace) : IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();
    private readonly long _began = TimeProvider.System.GetTimestamp();
    private int _blamed;
    private Task? _probe;
    private ITimer? _timeout;
    private ITimer? _grace;

    /// <summary>Is cancelled when the step should stop.</summary>
    public CancellationToken Token => _cancellation.Token;

    /// <summary>Why it should stop.</summary>
    public StopReason Reason { get; private set; }

    /// <summary>Whether its result is dropped.</summary>
    public bool IsDropped { get; private set; }

    /// <summary>Completes when the step's task has ended and its result was handed over.</summary>
    public Task Completion { get; set; } = Task.CompletedTask;

    /// <summary>Whether it has run for a while.</summary>
    public bool HasRunFor(TimeSpan length) => TimeProvider.System.GetElapsedTime(_began) >= length;

    /// <summary>Asks whether the activation's thread is free, one question at a time.</summary>
    public Task ProbeThread(TaskScheduler scheduler) =>
        _probe is { IsCompleted: false } asked
            ? asked
            : _probe = Task.Factory.StartNew(
                static () => { },
                CancellationToken.None,
                TaskCreationOptions.DenyChildAttach,
                scheduler);

    /// <summary>Names it for holding its thread.</summary>
    public bool Blame() => Interlocked.Exchange(ref _blamed, 1) == 0;

    /// <summary>Tells the step to stop when it has taken too long.</summary>
    public void LimitTo(TimeSpan timeout, Action elapsed) =>
        _timeout = time.CreateTimer(
            static state => ((Action)state!)(),
            elapsed,
            timeout,
            System.Threading.Timeout.InfiniteTimeSpan);

    /// <summary>
    /// Tells the step to stop, from any thread: a step that computes holds the scheduler. The first reason stays, but a
    /// kill replaces any other.
    /// </summary>
    /// <param name="reason">Why.</param>
    /// <param name="elapsed">What to do when it takes longer than its grace period.</param>
    public void Stop(StopReason reason, Action elapsed)
    {
        lock (_cancellation)
        {
            if (IsDropped || Reason == reason || (Reason != StopReason.None && reason != StopReason.Kill))
            {
                return;
            }

            Reason = reason;
            _grace?.Dispose();
            _grace = time.CreateTimer(
                static state => ((Action)state!)(),
                elapsed,
                grace,
                System.Threading.Timeout.InfiniteTimeSpan);
        }

        // Callbacks of the token are the step's own code: they must not run inside a turn of the engine.
        _ = _cancellation.CancelAsync();
    }

    /// <summary>
    /// Forgets the step: whatever it returns is dropped. One that was not told to stop is told so now.
    /// </summary>
    /// <param name="reason">Why: a kill by force, or Shutdown when its process goes on elsewhere.</param>
    public void Drop(StopReason reason)
    {
        lock (_cancellation)
        {
            Reason = Reason == StopReason.None ? reason : Reason;
            IsDropped = true;
            StopTimers();
        }

        _ = _cancellation.CancelAsync();
    }

    /// <inheritdoc/>
    public void Dispose() => StopTimers();

    private void StopTimers()
    {
        _timeout?.Dispose();
        _grace?.Dispose();
    }
}
