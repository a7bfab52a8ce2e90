namespace Orleans.Workflows.Grains.Running;

/// <summary>
/// Lets steps begin, or holds them while the operators have paused the whole engine. Closed until it is known that they
/// have not.
/// </summary>
internal sealed class PauseGate
{
    private volatile TaskCompletionSource? _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whether steps are held.</summary>
    public bool IsClosed => _closed is not null;

    /// <summary>Holds steps, or lets them go on.</summary>
    public void Set(bool closed)
    {
        if (closed)
        {
            _closed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        else
        {
            Interlocked.Exchange(ref _closed, null)?.TrySetResult();
        }
    }

    /// <summary>Waits until steps may begin.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) =>
        _closed?.Task.WaitAsync(cancellationToken) ?? Task.CompletedTask;
}
