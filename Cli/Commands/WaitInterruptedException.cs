namespace Orleans.Workflows.Cli.Commands;

/// <summary>Somebody stopped waiting for a process.</summary>
internal sealed class WaitInterruptedException(ProcessId id, CancellationToken cancellationToken)
    : OperationCanceledException(
        $"Interrupted: only the waiting has ended, the process {id} goes on. See 'owf show {id}'.", cancellationToken)
{
    /// <summary>The process.</summary>
    public ProcessId ProcessId => id;
}
