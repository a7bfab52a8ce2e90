using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Storage.GroupCommit;

namespace Orleans.Workflows.StorageTests.GroupCommit;

/// <summary>A connection to the fake database.</summary>
/// <param name="database">The database.</param>
internal sealed class FakeSession(FakeDatabase database) : WriteSession
{
    /// <inheritdoc/>
    public override async Task ExecuteAsync(IReadOnlyList<WriteItem> items, CancellationToken cancellationToken)
    {
        OutcomeUnknown = false;
        try
        {
            await database.Script(database.Begin(items), items);
            if (
                database.TableLock is not null
                || items.Any(i =>
                    (i is not SendItem && database.Locked.ContainsKey(i.Id)) || database.Uncommitted.ContainsKey(i.Id)))
            {
                throw new FakeFaultException(WriteFault.Locked);
            }

            Apply(items);
        }
        catch (FakeFaultException fault) when (fault.Applied is { } applied)
        {
            if (applied)
            {
                Apply(items);
            }

            (OutcomeUnknown, IsBroken) = (true, true);
            throw;
        }
    }

    /// <inheritdoc/>
    public override Task<ForeignLocks> FindLocksAsync(
        IReadOnlyList<WriteItem> items,
        CancellationToken cancellationToken) =>
        Task.FromResult(
            new ForeignLocks(
                items
                    .Where(i => i is not SendItem && database.Locked.ContainsKey(i.Id))
                    .ToDictionary(static i => i, static _ => "the fake session"),
                database.TableLock));

    /// <inheritdoc/>
    public override Task<bool> TakesTheLikeAsync(Touched touches, CancellationToken cancellationToken) =>
        Task.FromResult(database.TakesTheLike(touches));

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void Apply(IReadOnlyList<WriteItem> items)
    {
        foreach (var item in items)
        {
            switch (item)
            {
                case CommitItem commit:
                    commit.Decide(Apply(commit.Commit));
                    break;
                case SendItem send:
                    send.Decide(new SendResult { Status = MessageStatus.Stored });
                    break;
                default:
                    throw new NotSupportedException(item.ToString());
            }
        }
    }

    private CommitResult Apply(ProcessCommit commit)
    {
        var row = database.Rows.GetValueOrDefault(commit.Row.Id);
        if (row.Operation == commit.OperationId)
        {
            return CommitResult.Done;
        }

        if (row.Version != commit.ExpectedVersion)
        {
            return CommitResult.Failed(CommitStatus.Conflict);
        }

        database.Rows[commit.Row.Id] = (commit.Row.Version, commit.OperationId);
        return CommitResult.Done;
    }
}
