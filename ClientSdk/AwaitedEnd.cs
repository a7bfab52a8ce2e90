namespace Orleans.Workflows.ClientSdk;

/// <summary>The end of one process, as somebody here awaits it.</summary>
internal sealed class AwaitedEnd
{
    private readonly TaskCompletionSource<ProcessOutcome> _completion = new(
        TaskCreationOptions.RunContinuationsAsynchronously);

    private volatile TaskCompletionSource _moved = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>When the process was asked to tell of its end; 0 for never.</summary>
    public long AskedAt { get; set; }

    /// <summary>Completes when the process's end was told.</summary>
    public Task<ProcessOutcome> Task => _completion.Task;

    /// <summary>Completes when the activation that was asked said that it will not tell.</summary>
    public Task Moved => _moved.Task;

    /// <summary>Tells the end.</summary>
    public void Tell(ProcessOutcome outcome) => _completion.TrySetResult(outcome);

    /// <summary>Has those who wait ask again, and those who begin to wait later.</summary>
    public void AskAgain()
    {
        AskedAt = 0;
        Interlocked
            .Exchange(ref _moved, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously))
            .TrySetResult();
    }
}
