using System.CommandLine;
using Orleans.Workflows.Cli.Reading;
using Orleans.Workflows.Cli.Writing;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Storage.Postgres;

namespace Orleans.Workflows.Cli.Commands;

/// <summary>Brings the schema of a cluster's database up to date. It asks no silo: there may be none yet.</summary>
internal sealed class MigrateCommand : Command
{
    private readonly GlobalOptions _global;
    private readonly Terminal _terminal;

    /// <summary>Makes the command.</summary>
    /// <param name="global">Has the connection string.</param>
    /// <param name="terminal">Where it writes.</param>
    public MigrateCommand(GlobalOptions global, Terminal terminal)
        : base("migrate", "Brings the schema of a cluster's PostgreSQL database up to date; needs no silo, and the right to create tables.")
    {
        _global = global;
        _terminal = terminal;
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var report = new Report(_terminal, parsed.GetValue(_global.Json));
        try
        {
            var settings = _global.ReadConnection(parsed);
            if (settings.ConnectionString is not { } database)
            {
                throw new UsageException($"Give --connection-string 'Host=…;Database=…;Username=…;Password=…', or set {Database.Variable}: only a cluster's database is migrated.");
            }

            var name = Database.NameOf(database);
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
        catch (UsageException e)
        {
            _terminal.Error.WriteLine(e.Message);
            return ExitCodes.WrongUsage;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            _terminal.Error.WriteLine("Interrupted.");
            return ExitCodes.Interrupted;
        }
        catch (StoreUnavailableException e)
        {
            _terminal.Error.WriteLine(PlainText.Of(e.Message));
            return ExitCodes.Unavailable;
        }
    }
}
