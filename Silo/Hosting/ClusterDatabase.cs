using Microsoft.Extensions.Configuration;
using Npgsql;

namespace Orleans.Workflows.Silo.Hosting;

/// <summary>Reads the connection string of a cluster's database.</summary>
internal static class ClusterDatabase
{
    /// <summary>The name of the connection string: <c>ConnectionStrings:Workflows</c>.</summary>
    public const string Name = "Workflows";

    private const string Missing = $"ConnectionStrings:{Name} is not set. Set it to '{Form}', for example by the environment variable ConnectionStrings__{Name}.";

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

        try
        {
            var parts = new NpgsqlConnectionStringBuilder(text);
            if (string.IsNullOrEmpty(parts.Host) || string.IsNullOrEmpty(parts.Database))
            {
                faults.Add($"ConnectionStrings:{Name} names no {(string.IsNullOrEmpty(parts.Host) ? "Host" : "Database")}. Set it to '{Form}'.");
            }
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidCastException or OverflowException or KeyNotFoundException)
        {
            // Not even the exception's message is shown: it can quote a part of a password that has a semicolon.
            faults.Add($"ConnectionStrings:{Name} cannot be read as a connection string of PostgreSQL (it is not shown, for it may hold a password). Set it to '{Form}'; quote values that have semicolons.");
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
