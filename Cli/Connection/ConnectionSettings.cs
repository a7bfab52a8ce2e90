using System.Net;
using Orleans.Workflows.Storage.Postgres;

namespace Orleans.Workflows.Cli.Connection;

/// <summary>How to reach a cluster.</summary>
internal sealed record ConnectionSettings
{
    /// <summary>The data folder of an embedded silo; null for that of the one that runs on this machine.</summary>
    public string? DataFolder { get; init; }

    /// <summary>The gateways; empty for elsewhere.</summary>
    public required IReadOnlyList<DnsEndPoint> Gateways { get; init; }

    /// <summary>The database of a cluster; null for elsewhere.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>How long to try to connect, and then each operation.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>Whether Orleans' errors are shown.</summary>
    public bool Verbose { get; init; }

    /// <summary>Whether a database says where the silos are.</summary>
    public bool IsDatabase => ConnectionString is not null;

    /// <summary>Where the cluster is looked for.</summary>
    public override string ToString() =>
        Gateways.Count > 0
            ? $"the gateway {string.Join(", ", Gateways.Select(static gateway => $"{gateway.Host}:{gateway.Port}"))}"
        : ConnectionString is not null
            ? $"the cluster on PostgreSQL {PostgresConnectionString.NameOf(ConnectionString)}"
        : $"the silo of the data folder '{DataFolder}'";
}
