using Microsoft.Extensions.Configuration;
using Orleans.Workflows.Grains.Storage;
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

        var found = PostgresConnectionString.FindFaults(text, needsDatabase: true);
        faults.AddRange(found.Select(static fault => $"ConnectionStrings:{Name} {fault} Set it to '{Form}'."));
        return text;
    }

    /// <summary>Reads the connection string where there has to be one.</summary>
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

    /// <summary>With what a program ends that the database keeps from running.</summary>
    /// <returns>2 when it can never be used as it is, as for other faults of the configuration; else 1.</returns>
    public static int ExitCodeOf(Exception exception) =>
        exception is StoreUnavailableException { NeedsConfiguration: true } ? 2 : 1;
}
