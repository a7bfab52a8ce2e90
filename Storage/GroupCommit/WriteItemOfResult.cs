using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Linked;

namespace Orleans.Workflows.Storage.GroupCommit;

/// <summary>One caller's write with the type of its outcome.</summary>
/// <typeparam name="TResult">The outcome.</typeparam>
internal abstract class WriteItem<TResult>(ProcessId id) : WriteItem(id)
    where TResult : notnull
{
    private readonly TaskCompletionSource<TResult> _completion = new(
        TaskCreationOptions.RunContinuationsAsynchronously);
    private TResult? _result;
    private Exception? _error;

    /// <summary>Completes when the outcome is known.</summary>
    public Task<TResult> Completion => _completion.Task;

    /// <summary>Sets the outcome that holds once the batch's transaction is durable.</summary>
    public void Decide(TResult result)
    {
        _result = result;
        _error = null;
    }

    /// <inheritdoc/>
    public override void Deliver()
    {
        if (_error is not null)
        {
            _completion.TrySetException(_error);
        }
        else if (_result is not null)
        {
            _completion.TrySetResult(_result);
        }
        else
        {
            _completion.TrySetException(
                new InvalidOperationException($"The store gave no outcome for {this}: this is a fault of the store."));
        }
    }

    /// <inheritdoc/>
    public override void Refuse(string reason) =>
        DecideError(
            new WorkflowException(
                $"The database refuses {this} and would refuse it again: {Sentence.Ended(reason)}"));

    /// <inheritdoc/>
    public override void Withhold(string reason, Exception? cause) =>
        DecideError(
            new StoreUnavailableException(
                $"{this} was not stored: {Sentence.Ended(reason)} Make the database reachable or give it room, and try "
                + "the same again.",
                cause));

    /// <inheritdoc/>
    public override void Abandon(string reason) =>
        DecideError(
            new WorkflowException(
                $"Nobody can say whether {this} was stored: {Sentence.Ended(reason)} Read the process to find out, or "
                + "try the same again."));

    /// <inheritdoc/>
    public override void DeliverCancellation(CancellationToken cancellationToken) =>
        _completion.TrySetCanceled(cancellationToken);

    private void DecideError(Exception error) => _error = error;
}
