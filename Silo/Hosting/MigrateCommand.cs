using Microsoft.Extensions.Configuration;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Storage.Postgres;

namespace Orleans.Workflows.Silo.Hosting;

/// <summary>
/// The command 'migrate': brings the schema of the cluster's database up to date, and ends. Several at once are safe;
/// one does it.
/// </summary>
internal static class MigrateCommand
{
    /// <summary>The command's name, the first argument.</summary>
    public const string Name = "migrate";

    /// <summary>Runs it.</summary>
    /// <returns>
    /// 0 when the schema is up to date, 1 when the database cannot be used, 2 when the configuration has faults or
    /// names a database that can never be used.
    /// </returns>
    public static async Task<int> RunAsync(
        IConfiguration configuration,
        TextWriter output,
        TextWriter error,
        CancellationToken cancellationToken)
    {
        var faults = new List<string>();
        if (ClusterDatabase.Require(configuration, faults) is not { } connectionString)
        {
            await error.WriteLineAsync(string.Join(Environment.NewLine, faults));
            return 2;
        }

        try
        {
            var scripts = await PostgresSchema.ApplyAsync(connectionString, cancellationToken);
            await output.WriteLineAsync(
                scripts.Count == 0
                    ? $"The schema of {PostgresConnectionString.NameOf(connectionString)} is up to date; there was "
                        + "nothing to "
                        + "do."
                    : $"The schema of {PostgresConnectionString.NameOf(connectionString)} is up to date now. Executed: "
                        + $"{string.Join(", ", scripts)}.");
            return 0;
        }
        catch (Exception e) when (e is StoreUnavailableException or OperationCanceledException)
        {
            await error.WriteLineAsync(e.Message);
            return ClusterDatabase.ExitCodeOf(e);
        }
    }
}
