using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;
using Orleans.Messaging;
using Orleans.Runtime.Membership;
using Orleans.Workflows.Linked;

namespace Orleans.Workflows.ClientSdk.Connecting;

/// <summary>Where a client looks for the gateways of its cluster. At most one of the three is set.</summary>
/// <param name="Gateways">In this list; empty for elsewhere.</param>
/// <param name="ConnectionString">In the membership, in this database.</param>
/// <param name="DataFolder">
/// In the announcement of an embedded silo; without any of the three, of the one that runs on this machine.
/// </param>
internal sealed record ClusterAddress(IReadOnlyList<IPEndPoint> Gateways, string? ConnectionString, string? DataFolder)
{
    private const string ConnectionStringName = "Workflows";

    /// <summary>Decides by the options, then by the configuration.</summary>
    /// <exception cref="ArgumentException">
    /// The options name several addresses, or the connection string cannot be read.
    /// </exception>
    public static ClusterAddress Choose(WorkflowClientOptions options, IConfiguration configuration)
    {
        if (
            (options.Gateways.Count > 0 ? 1 : 0)
                + (options.ConnectionString is null ? 0 : 1)
                + (options.DataFolder is null ? 0 : 1)
            > 1)
        {
            throw new ArgumentException(
                $"{nameof(WorkflowClientOptions)}: set one of {nameof(options.Gateways)}, "
                + $"{nameof(options.ConnectionString)} and {nameof(options.DataFolder)}, not several.",
                nameof(options));
        }

        if (options.Gateways.Count > 0)
        {
            return new ClusterAddress([.. options.Gateways], null, null);
        }

        if (options.DataFolder is { } folder)
        {
            return new ClusterAddress([], null, folder);
        }

        return
            (options.ConnectionString ?? configuration.GetConnectionString(ConnectionStringName))
                is { } connectionString
            ? new ClusterAddress([], Checked(connectionString), null)
            : new ClusterAddress([], null, null);
    }

    /// <summary>Lets a client look there.</summary>
    public void Configure(IClientBuilder client)
    {
        if (Gateways.Count > 0)
        {
            client.UseStaticClustering([.. Gateways]);
        }
        else if (ConnectionString is not null)
        {
            var database = OfPrimary(ConnectionString);
            client.UseAdoNetClustering(clustering =>
                (clustering.Invariant, clustering.ConnectionString) = ("Npgsql", database));
            client.Services.AddSingleton(services =>
                new PostgresGateways(ActivatorUtilities.CreateInstance<AdoNetGatewayListProvider>(services), database));
            client.Services.Replace(ServiceDescriptor.Singleton<IGatewayListProvider>(static services =>
                services.GetRequiredService<PostgresGateways>()));
        }
        else
        {
            var gateway = new AnnouncedGateway(DataFolder, EmbeddedSilo.DataFolders);
            client.Services.AddSingleton<IGatewayListProvider>(gateway);
        }
    }

    /// <summary>The address in a message.</summary>
    public override string ToString()
    {
        if (ConnectionString is null)
        {
            return Gateways.Count > 0 ? $"the gateways {string.Join(", ", Gateways)}"
                : DataFolder is null ? "the embedded silo that runs on this machine"
                : $"the embedded silo of the data folder '{DataFolder}'";
        }

        return $"the cluster on PostgreSQL {ConnectionText.NameOf(ConnectionString)}";
    }

    private static string Checked(string connectionString)
    {
        const string Remedy =
            $"Set {nameof(WorkflowClientOptions)}.{nameof(WorkflowClientOptions.ConnectionString)} or "
            + $"ConnectionStrings:{ConnectionStringName} to 'Host=…;Database=…;Username=…;Password=…'.";
        var faults = ConnectionText.FindFaults(connectionString, needsDatabase: true);
        return faults.Count == 0
            ? connectionString
            : throw new ArgumentException(
                $"The connection string of the cluster {string.Join(" It ", faults)} {Remedy}",
                nameof(connectionString));
    }

    // A standby may know members that are gone. A single server is the one that was named, whatever it is, and Npgsql
    // takes no wish there.
    private static string OfPrimary(string connectionString)
    {
        var parts = new NpgsqlConnectionStringBuilder(connectionString) { Multiplexing = false };
        var areSeveral = parts.Host!.Contains(',', StringComparison.Ordinal);
        parts.TargetSessionAttributes = areSeveral ? parts.TargetSessionAttributes ?? "primary" : null;
        return parts.ConnectionString;
    }
}
