using Npgsql;
using Orleans.Workflows.CrashHost.Driving;
using Orleans.Workflows.CrashHost.Storm.Faults;
using Orleans.Workflows.CrashHost.Storm.Network;
using Orleans.Workflows.Shared.Postgres;
using Orleans.Workflows.Storage.Postgres;

namespace Orleans.Workflows.CrashHost.Storm;

/// <summary>
/// Everything that a storm hits: a database server, the network, silos and clients, each in processes of its own.
/// </summary>
internal sealed class StormCluster : IAsyncDisposable
{
    /// <summary>The name of the database.</summary>
    public const string DatabaseName = "storm";

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(90);

    private StormCluster(PostgresServer server, StormNetwork? network, string? whyNoNetwork, CrashFolder folder) =>
        (Server, Network, WhyNoNetwork, Folder) = (server, network, whyNoNetwork, folder);

    /// <summary>The database server.</summary>
    public PostgresServer Server { get; }

    /// <summary>The network; null where there can be none, and silos and database are on loopback.</summary>
    public StormNetwork? Network { get; }

    /// <summary>Why there is no network.</summary>
    public string? WhyNoNetwork { get; }

    /// <summary>Ledger, gates and logs.</summary>
    public CrashFolder Folder { get; }

    /// <summary>The silos.</summary>
    public IReadOnlyList<StormSilo> Silos { get; private set; } = [];

    /// <summary>The clients.</summary>
    public IReadOnlyList<StormClient> Clients { get; private set; } = [];

    /// <summary>How clients and the checker connect to the database.</summary>
    public string Database => Server.ConnectionString(DatabaseName);

    /// <summary>Starts everything and waits until all silos take calls.</summary>
    /// <param name="options">The storm's options.</param>
    /// <returns>The cluster.</returns>
    public static async Task<StormCluster> StartAsync(StormOptions options)
    {
        var (network, whyNot) = await StormNetwork.TryCreateAsync(options.Silos);
        PostgresServer? server = null;
        StormCluster? cluster = null;
        try
        {
            var listen = network is null ? "127.0.0.1" : $"127.0.0.1,{network.Database}";
            server = await PostgresServer.StartAsync(
                new PostgresServerOptions { Settings = ["max_connections=300", $"listen_addresses={listen}"] });
            cluster = new StormCluster(
                server,
                network,
                whyNot,
                CrashFolder.Create("storm", await MakeDatabaseAsync(server, network)));
            await cluster.StartAllAsync(options);
            return cluster;
        }
        catch
        {
            await (cluster?.DisposeAsync() ?? DisposeAsync(server, network));
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var running in Clients.Cast<IAsyncDisposable>().Concat(Silos))
        {
            await running.DisposeAsync();
        }

        await DisposeAsync(Server, Network);
    }

    private static async ValueTask DisposeAsync(PostgresServer? server, StormNetwork? network)
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }

        if (network is not null)
        {
            await network.DisposeAsync();
        }
    }

    /// <summary>Makes the database.</summary>
    /// <returns>How silos connect to it.</returns>
    private static async Task<string> MakeDatabaseAsync(PostgresServer server, StormNetwork? network)
    {
        var database = await server.CreateDatabaseAsync(DatabaseName);
        await PostgresSchema.ApplyAsync(database, CancellationToken.None);
        if (network is null)
        {
            return database;
        }

        await AdmitAsync(server, network.Range);
        return new NpgsqlConnectionStringBuilder(database) { Host = network.Database }.ConnectionString;
    }

    private async Task StartAllAsync(StormOptions options)
    {
        // Where there is no network of their own, silos have addresses of their own on loopback all the same, and so
        // the same ports again after each start.
        var loopback = FormattableString.Invariant($"127.{Random.Shared.Next(1, 255)}.{Random.Shared.Next(1, 255)}");
        Silos =
        [
            .. Enumerable
                .Range(0, options.Silos)
                .Select(number => new StormSilo(
                    number,
                    Folder,
                    Network?.Launcher(number) ?? [],
                    [
                        $"Workflows:Address={Network?.Address(number) ?? FormattableString.Invariant($"{loopback}.{11 + number}")}",
                        "Workflows:SiloPort=11111",
                        "Workflows:GatewayPort=30000",
                        "Workflows:HealthPort=8081",
                        "Workflows:Schema=Verify",
                        $"Clock={ClockFaults.NameOf(number)}",
                        .. StormTimings.Membership,
                        .. StormUnlike.Options(number),
                    ])),
        ];
        Clients =
        [
            .. Enumerable
                .Range(0, options.Clients)
                .Select(number => new StormClient(number, Folder, Database, options)),
        ];
        foreach (var silo in Silos)
        {
            silo.Start();
        }

        await Eventually.TrueAsync(
            () => Task.FromResult(Silos.All(static silo => silo.Ready is not null)),
            StartLimit,
            () => $"all silos take calls; {Silos.Count(static silo => silo.Ready is not null)} do. See {Folder.Root}");
        foreach (var client in Clients)
        {
            client.Start();
        }

        await Eventually.TrueAsync(
            () => Task.FromResult(Clients.All(static client => client.IsBusy)),
            StartLimit,
            () => $"all clients are told results. See {Folder.Root}");
    }

    /// <summary>Lets the hosts of the storm's own network connect; the server itself lets loopback only.</summary>
    private static async Task AdmitAsync(PostgresServer server, string range)
    {
        await File.AppendAllTextAsync(
            Path.Combine(server.Folder, "data", "pg_hba.conf"),
            $"host all all {range} trust{Environment.NewLine}");
        await using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(server.ConnectionString(DatabaseName))
            {
                Pooling = false,
            }.ConnectionString);
        await connection.OpenAsync();
        await using var reload = new NpgsqlCommand("SELECT pg_reload_conf()", connection);
        await reload.ExecuteNonQueryAsync();
    }
}
