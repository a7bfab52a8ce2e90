namespace Orleans.Workflows.Storage.GroupCommit;

/// <summary>One writer's connection.</summary>
internal abstract class WriteSession : IAsyncDisposable
{
    /// <summary>Whether the last execution failed after the commit was sent and before it was answered.</summary>
    public bool OutcomeUnknown { get; protected set; }

    /// <summary>Whether the connection cannot be used again.</summary>
    public bool IsBroken { get; protected set; }

    /// <summary>Whether the next execution waits for no lock longer than some milliseconds.</summary>
    public bool GivesUpSoon { get; set; }

    /// <summary>Executes a batch as one transaction.</summary>
    /// <remarks>
    /// When it returns, the transaction is durable and each item has its result. When it throws, nothing is durable,
    /// unless <see cref="OutcomeUnknown"/>. A commit that updates nothing is judged by the row's last operation: if
    /// that is the commit's own, it is done, so the same batch can be executed again.
    /// </remarks>
    /// <param name="items">The items, by rising id, each id once.</param>
    /// <param name="cancellationToken">Ends waits at shutdown.</param>
    public abstract Task ExecuteAsync(IReadOnlyList<WriteItem> items, CancellationToken cancellationToken);

    /// <summary>
    /// Finds out which items of a batch want what other sessions have locked. What others have inserted and not
    /// committed is not found.
    /// </summary>
    /// <param name="items">The items of a batch that met a lock.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public virtual Task<ForeignLocks> FindLocksAsync(
        IReadOnlyList<WriteItem> items,
        CancellationToken cancellationToken) => Task.FromResult(ForeignLocks.None);

    /// <summary>
    /// Writes something that touches the same as an item of which nobody knows whose fault its failure is, and takes it
    /// back: if the database takes that, the fault is the item's.
    /// </summary>
    /// <returns>Whether the database takes it; false where that cannot be tried.</returns>
    public virtual Task<bool> TakesTheLikeAsync(Touched touches, CancellationToken cancellationToken) =>
        Task.FromResult(false);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}
