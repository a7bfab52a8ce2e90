using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;
using Orleans.Messaging;
using Orleans.Runtime.Membership;

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
    private const int LastPort = 65_535;

    /// <summary>Decides by the options, then by the configuration.</summary>
    /// <param name="options">The options.</param>
    /// <param name="configuration">The host's configuration.</param>
    /// <returns>The address.</returns>
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
    /// <param name="client">The client.</param>
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
    /// <returns>A clause without user and password.</returns>
    public override string ToString()
    {
        if (ConnectionString is null)
        {
            return Gateways.Count > 0 ? $"the gateways {string.Join(", ", Gateways)}"
                : DataFolder is null ? "the embedded silo that runs on this machine"
                : $"the embedded silo of the data folder '{DataFolder}'";
        }

        var parts = new NpgsqlConnectionStringBuilder(ConnectionString);
        return $"the cluster on PostgreSQL {parts.Host}:{parts.Port}/{parts.Database}";
    }

    private static string Checked(string connectionString)
    {
        const string Remedy =
            $"Set {nameof(WorkflowClientOptions)}.{nameof(WorkflowClientOptions.ConnectionString)} or "
            + $"ConnectionStrings:{ConnectionStringName} to 'Host=…;Database=…;Username=…;Password=…'.";
        NpgsqlConnectionStringBuilder parts;
        try
        {
            parts = new NpgsqlConnectionStringBuilder(connectionString);
        }
        catch (Exception e)
            when (e
                    is ArgumentException
                        or FormatException
                        or InvalidCastException
                        or OverflowException
                        or KeyNotFoundException)
        {
            // Not even the exception goes along: it can quote a part of a password that has a semicolon.
            throw new ArgumentException(
                $"The connection string of the cluster cannot be read (it is not shown, for it may hold a password). "
                + $"{Remedy}",
                nameof(connectionString));
        }

        if (parts.Port > LastPort)
        {
            throw new ArgumentException(
                $"The cluster's connection string names the port {parts.Port}; a port is 1 to {LastPort}. {Remedy}",
                nameof(connectionString));
        }

        return string.IsNullOrEmpty(parts.Host) || string.IsNullOrEmpty(parts.Database)
            ? throw new ArgumentException(
                $"The connection string of the cluster lacks its Host or its Database. {Remedy}",
                nameof(connectionString))
            : connectionString;
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
