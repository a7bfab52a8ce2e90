using Microsoft.Extensions.Configuration;
using Npgsql;
using Orleans.Workflows.Storage.Postgres;

namespace Orleans.Workflows.Silo.Hosting;

/// <summary>Reads the connection string of a cluster's database.</summary>
internal static class ClusterDatabase
{
    /// <summary>The name of the connection string: <c>ConnectionStrings:Workflows</c>.</summary>
    public const string Name = "Workflows";

    private const string Missing =
        $"ConnectionStrings:{Name} is not set. Set it to '{Form}', for example by the environment variable "
        + $"ConnectionStrings__{Name}.";

    private const string Form = "Host=…;Database=…;Username=…;Password=…";

    /// <summary>Reads the connection string. Messages never show it: it holds a password.</summary>
    /// <param name="configuration">The host's configuration.</param>
    /// <param name="faults">Where faults go.</param>
    /// <returns>The connection string; null when there is none.</returns>
    public static string? Read(IConfiguration configuration, List<string> faults)
    {
        var text = configuration.GetConnectionString(Name);
        if (text is null)
        {
            return null;
        }

        if (string.IsNullOrWhiteSpace(text))
        {
            faults.Add($"ConnectionStrings:{Name} is empty. Set it to '{Form}', or remove it for an embedded silo.");
            return text;
        }

        var found = PostgresConnectionString.FindFaults(text);
        faults.AddRange(found.Select(static fault => $"ConnectionStrings:{Name} {fault} Set it to '{Form}'."));
        if (found.Count == 0 && string.IsNullOrEmpty(new NpgsqlConnectionStringBuilder(text).Database))
        {
            faults.Add($"ConnectionStrings:{Name} names no Database. Set it to '{Form}'.");
        }

        return text;
    }

    /// <summary>Reads the connection string where there has to be one.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="faults">Where faults go.</param>
    /// <returns>The connection string; null when there are faults.</returns>
    public static string? Require(IConfiguration configuration, List<string> faults)
    {
        var text = Read(configuration, faults);
        if (text is null)
        {
            faults.Add(Missing);
        }

        return faults.Count == 0 ? text : null;
    }

    /// <summary>Names the database in messages.</summary>
    /// <param name="connectionString">A connection string that was read.</param>
    /// <returns>Server and database, without user and password.</returns>
    public static string NameOf(string connectionString)
    {
        var parts = new NpgsqlConnectionStringBuilder(connectionString);
        return $"{parts.Host}:{parts.Port}/{parts.Database}";
    }
}
