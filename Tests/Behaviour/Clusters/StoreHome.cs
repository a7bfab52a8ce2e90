using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Shared.Postgres;
using Orleans.Workflows.Storage.Memory;
using Orleans.Workflows.Storage.Postgres;
using Orleans.Workflows.Storage.Sqlite;

namespace Orleans.Workflows.Behaviour.Clusters;

/// <summary>Where a cluster's processes stay when its silos go.</summary>
internal sealed class StoreHome : IAsyncDisposable
{
    /// <summary>
    /// One for the run, with a database for each home: a server costs seconds. What a disk keeps is not asked here.
    /// </summary>
    private static readonly Lazy<Task<PostgresServer>> Server = new(static () =>
        PostgresServer.StartAsync(new PostgresServerOptions { Settings = ["fsync=off"] }));

    private static int _databases;

    private readonly ConcurrentBag<IProcessStore> _opened = [];
    private readonly Func<IProcessStore> _open;
    private readonly Action _end;

    private StoreHome(Func<IProcessStore> open, IByHand hand, Action end)
    {
        _open = open;
        Hand = hand;
        _end = end;
    }

    /// <summary>Changes what is stored, as a person with the database's own tools does.</summary>
    public IByHand Hand { get; }

    /// <summary>Makes an empty home.</summary>
    /// <param name="kind">Where.</param>
    /// <returns>The home.</returns>
    public static async Task<StoreHome> MakeAsync(StoreKind kind) => kind switch
    {
        StoreKind.Sqlite => InAFile(Directory.CreateTempSubdirectory("owf-behaviour-").FullName),
        StoreKind.Postgres => InADatabase(
            await (await Server.Value).CreateDatabaseAsync($"behaviour_{Interlocked.Increment(ref _databases)}")),
        StoreKind.Memory => InMemory(new MemoryProcessStore()),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no home for it yet."),
    };

    /// <summary>Ends the server, if a home has needed it.</summary>
    /// <returns>Completes when it has ended.</returns>
    public static async ValueTask EndServerAsync()
    {
        if (Server is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
        {
            await (await Server.Value).DisposeAsync();
        }
    }

    /// <summary>Opens the store for a silo.</summary>
    /// <returns>The store, not initialized.</returns>
    public IProcessStore Open()
    {
        var store = _open();
        _opened.Add(store);
        return store;
    }

    /// <summary>Closes what was opened, as the end of a silo's process does.</summary>
    /// <returns>Completes when it is closed.</returns>
    public async ValueTask CloseAsync()
    {
        while (_opened.TryTake(out var store))
        {
            await store.DisposeAsync();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _end();
    }

    /// <summary>A silo closes its store when it goes; this one has nothing to close, and stays.</summary>
    private static StoreHome InMemory(MemoryProcessStore store) =>
        new(() => store, new MemoryByHand(store), static () => { });

    private static StoreHome InAFile(string folder)
    {
        var file = Path.Combine(folder, "workflows.db");
        return new StoreHome(
            () =>
                new SqliteProcessStore(
                    new SqliteStoreOptions { Path = file },
                    TimeProvider.System,
                    NullLogger<SqliteProcessStore>.Instance),
            new SqlByHand(() => new SqliteConnection($"Data Source={file};Pooling=False"), inputsApart: true),
            () => Directory.Delete(folder, recursive: true));
    }

    private static StoreHome InADatabase(string connection) =>
        new(
            () =>
                new PostgresProcessStore(
                    new PostgresStoreOptions { ConnectionString = connection, Schema = StoreSchema.Apply },
                    TimeProvider.System,
                    NullLogger<PostgresProcessStore>.Instance),
            new SqlByHand(() => new NpgsqlConnection(connection), inputsApart: false),
            static () => { });
}
