namespace Orleans.Workflows.Storage.GroupCommit;

/// <summary>One writer's connection.</summary>
internal abstract class WriteSession : IAsyncDisposable
{
    /// <summary>Whether the last execution failed after the commit was sent and before it was answered.</summary>
    public bool OutcomeUnknown { get; protected set; }

    /// <summary>Whether the connection cannot be used again.</summary>
    public bool IsBroken { get; protected set; }

    /// <summary>Executes a batch as one transaction.</summary>
    /// <remarks>
    /// When it returns, the transaction is durable and each item has its result. When it throws, nothing is durable, unless
    /// <see cref="OutcomeUnknown"/>. A commit that updates nothing is judged by the row's last operation: if that is the commit's own, it is
    /// done, so the same batch can be executed again.
    /// </remarks>
    /// <param name="items">The items, by rising id, each id once.</param>
    /// <param name="cancellationToken">Ends waits at shutdown.</param>
    /// <returns>Completes after the commit.</returns>
    public abstract Task ExecuteAsync(IReadOnlyList<WriteItem> items, CancellationToken cancellationToken);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}
