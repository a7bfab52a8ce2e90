using Orleans.Workflows.Abstractions;

namespace Orleans.Workflows.ClientSdk;

/// <summary>The end of one process, as somebody here awaits it.</summary>
internal sealed class Ending
{
    private readonly TaskCompletionSource<ProcessOutcome> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the process's end was told.</summary>
    public Task<ProcessOutcome> Task => _completion.Task;

    /// <summary>Tells the end.</summary>
    /// <param name="outcome">How.</param>
    public void Tell(ProcessOutcome outcome) => _completion.TrySetResult(outcome);
}
