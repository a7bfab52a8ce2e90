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
    private readonly Func<IProcessStore> _open;
    private readonly Func<ValueTask> _end;

    private StoreHome(Func<IProcessStore> open, IByHand hand, Func<ValueTask> end)
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
    public static async Task<StoreHome> MakeAsync(StoreKind kind)
    {
        switch (kind)
        {
            case StoreKind.Sqlite:
                var folder = Directory.CreateTempSubdirectory("owf-behaviour-").FullName;
                return new StoreHome(
                    () =>
                        new SqliteProcessStore(
                            new SqliteStoreOptions { Path = Path.Combine(folder, "workflows.db") },
                            TimeProvider.System,
                            NullLogger<SqliteProcessStore>.Instance),
                    new SqlByHand(
                        () =>
                            new SqliteConnection($"Data Source={Path.Combine(folder, "workflows.db")};Pooling=False"),
                        inputsApart: true),
                    () =>
                    {
                        Directory.Delete(folder, recursive: true);
                        return ValueTask.CompletedTask;
                    });
            case StoreKind.Postgres:
                var server = await PostgresServer.StartAsync();
                await server.CreateDatabaseAsync("behaviour");
                return new StoreHome(
                    () =>
                        new PostgresProcessStore(
                            new PostgresStoreOptions
                            {
                                ConnectionString = server.ConnectionString("behaviour"),
                                Schema = StoreSchema.Apply,
                            },
                            TimeProvider.System,
                            NullLogger<PostgresProcessStore>.Instance),
                    new SqlByHand(
                        () => new NpgsqlConnection(server.ConnectionString("behaviour")),
                        inputsApart: false),
                    server.DisposeAsync);
            default:
                // A silo closes its store when it goes; this one has nothing to close, and stays.
                var memory = new MemoryProcessStore();
                return new StoreHome(() => memory, new MemoryByHand(memory), static () => ValueTask.CompletedTask);
        }
    }

    /// <summary>Opens the store for a silo.</summary>
    /// <returns>The store, not initialized.</returns>
    public IProcessStore Open() => _open();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _end();
}
