using Orleans.Workflows.Cli.Connection;
using Orleans.Workflows.Cli.Reading;
using Orleans.Workflows.Cli.Writing;
using Orleans.Workflows.Storage.Postgres;

namespace Orleans.Workflows.Cli.Commands;

/// <summary>Brings the schema of a cluster's database up to date. It asks no silo: there may be none yet.</summary>
internal sealed class MigrateCommand() : OwfCommand(
    "migrate",
    "Brings the schema of a cluster's PostgreSQL database up to date; needs no silo, and the right to create tables.",
    "owf migrate --connection-string 'Host=db;Database=workflows;Username=workflows;Password=…'")
{
    /// <summary>Does it.</summary>
    /// <exception cref="UsageException">No database was given.</exception>
    public static async Task<int> RunAsync(
        ConnectionSettings settings,
        Report report,
        CancellationToken cancellationToken)
    {
        if (settings.ConnectionString is not { } database)
        {
            throw new UsageException("Give --connection-string 'Host=…;Database=…;Username=…;Password=…', "
                + $"or set {Database.Variable}: only a cluster's database is migrated.");
        }

        var name = PostgresConnectionString.NameOf(database);
        var executed = await PostgresSchema.ApplyAsync(database, cancellationToken);
        if (report.IsJson)
        {
            report.Document(new { database = name, executed });
        }
        else
        {
            report.Line(executed.Count == 0
                ? $"The schema of {name} is up to date; there was nothing to do."
                : $"The schema of {name} is up to date now. Executed: {string.Join(", ", executed)}.");
        }

        return ExitCodes.Done;
    }
}
