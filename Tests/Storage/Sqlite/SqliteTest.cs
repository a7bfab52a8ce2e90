using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Storage.Sqlite;

namespace Orleans.Workflows.StorageTests.Sqlite;

/// <summary>A test of what only SQLite has: a file, its lock and its end.</summary>
public abstract class SqliteTest : IAsyncLifetime
{
    private readonly List<SqliteProcessStore> _stores = [];

    /// <summary>Makes stores on one file.</summary>
    protected SqliteSource Source { get; } = new();

    /// <summary>What the stores log.</summary>
    private protected KeptLog<SqliteProcessStore> Log { get; } = new();

    /// <summary>Ends with the test.</summary>
    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <inheritdoc/>
    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var store in _stores)
        {
            await store.DisposeAsync();
        }

        Source.Delete();
        GC.SuppressFinalize(this);
    }

    /// <summary>Makes a store; the test closes it.</summary>
    protected SqliteProcessStore Create(Action<SqliteStoreOptions>? configure = null)
    {
        var store = Source.Create(configure ?? (static _ => { }), Log);
        _stores.Add(store);
        return store;
    }

    /// <summary>Makes a store and opens it.</summary>
    protected async Task<SqliteProcessStore> OpenAsync(Action<SqliteStoreOptions>? configure = null)
    {
        var store = Create(configure);
        await store.InitializeAsync(Token);
        return store;
    }

    /// <summary>Stores a row.</summary>
    protected static async Task<ProcessRow> StoredAsync(SqliteProcessStore store, ProcessRow row)
    {
        var insert = A.Insert(row);
        (await store.CommitAsync(insert, Token)).Status.ShouldBe(CommitStatus.Done);
        return insert.Row;
    }
}
