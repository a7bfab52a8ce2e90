using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.StorageTests.Conformance;

/// <summary>A test on a store that was just made.</summary>
/// <param name="source">Makes the store.</param>
public abstract class StoreTest(StoreSource source) : IAsyncLifetime
{
    /// <summary>The store.</summary>
    protected IProcessStore Store { get; } = source.Create();

    /// <summary>Ends with the test.</summary>
    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync() => await Store.InitializeAsync(Token);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        source.Delete();
        GC.SuppressFinalize(this);
    }

    /// <summary>Writes a commit. One whose row was not read stands on whatever commit wrote it last.</summary>
    protected async Task<CommitResult> WriteAsync(ProcessCommit commit) => await Store.CommitAsync(
        commit.ExpectedVersion == 0 || commit.ExpectedOperation != Guid.Empty
            ? commit
            : commit with { ExpectedOperation = (await RowAsync(commit.Row.Id))?.LastOperation ?? Guid.Empty },
        Token);

    /// <summary>Stores a row and returns it.</summary>
    protected async Task<ProcessRow> StoredAsync(ProcessRow row)
    {
        var insert = A.Insert(row);
        (await WriteAsync(insert)).Status.ShouldBe(CommitStatus.Done, row.Id.Value);
        return insert.Row;
    }

    /// <summary>Takes a row one version further and returns it.</summary>
    protected async Task<ProcessRow> SteppedAsync(ProcessRow row)
    {
        var step = A.Step(row);
        (await WriteAsync(step)).Status.ShouldBe(CommitStatus.Done, row.Id.Value);
        return step.Row;
    }

    /// <summary>Loads a row.</summary>
    protected async Task<ProcessRow?> RowAsync(ProcessId id) => (await Store.LoadAsync(id, Token))?.Row;

    /// <summary>Reads the ids of the open messages.</summary>
    protected async Task<string[]> OpenIdsAsync(ProcessId id) =>
        [.. (await Store.ReadInboxAsync(id, Token)).Select(static m => m.MessageId)];

    /// <summary>Sends a message that must be stored.</summary>
    protected async Task SentAsync(InboxMessage message) =>
        (await Store.SendAsync(message, Token)).Status.ShouldBe(MessageStatus.Stored, message.MessageId);
}
