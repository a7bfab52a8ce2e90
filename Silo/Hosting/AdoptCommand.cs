using Microsoft.Extensions.Configuration;
using Orleans.Workflows.Storage.Postgres;

namespace Orleans.Workflows.Silo.Hosting;

/// <summary>
/// The command 'adopt': makes the database that of the cluster that the configuration names, and ends. While members of
/// another cluster live it refuses, unless it is given '--force': then those members end within seconds.
/// </summary>
internal static class AdoptCommand
{
    /// <summary>The command's name, the first argument.</summary>
    public const string Name = "adopt";

    /// <summary>Takes the database from members that live.</summary>
    public const string Force = "--force";

    /// <summary>Runs it.</summary>
    /// <param name="configuration">Has the connection string 'Workflows', and the option ClusterId.</param>
    /// <param name="force">Whether members of another cluster may live.</param>
    /// <param name="output">Where it says what it did.</param>
    /// <param name="error">Where it says what is wrong.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    /// <returns>
    /// 0 when the database is the cluster's, 1 when it is refused or cannot be used, 2 when the configuration has
    /// faults or names a database that can never be used.
    /// </returns>
    public static async Task<int> RunAsync(
        IConfiguration configuration,
        bool force,
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

        var id = configuration.GetSection(SiloConfiguration.Section)[nameof(WorkflowSiloOptions.ClusterId)]
            ?? new WorkflowSiloOptions().ClusterId;
        try
        {
            await PostgresSchema.VerifyAsync(connectionString, cancellationToken);
            await using var record = new PostgresClusterRecord(connectionString);
            var former = await record.ClaimAsync(id, force, cancellationToken);
            await output.WriteLineAsync(
                former is null
                    ? $"{PostgresConnectionString.NameOf(connectionString)} is that of the cluster '{id}'."
                    : $"{PostgresConnectionString.NameOf(connectionString)} is that of the cluster '{id}' now; it was "
                        + "that of "
                        + $"'{former}'.");
            return 0;
        }
        catch (Exception e) when (e is WorkflowException or OperationCanceledException)
        {
            await error.WriteLineAsync(e.Message);
            return ClusterDatabase.ExitCodeOf(e);
        }
    }
}
