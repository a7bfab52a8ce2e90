using Npgsql;

namespace Orleans.Workflows.Cli.Connection;

/// <summary>
/// Says why there is no connection: the database that has the cluster's addresses may be at fault, or what was given,
/// and not a silo.
/// </summary>
internal static class ConnectionFault
{
    /// <summary>What to do where no silo is.</summary>
    public const string StartOne = "Start the program that has your processes, or point elsewhere with "
        + "--data-folder PATH, --gateway HOST:PORT or --connection-string TEXT.";

    private const string NoSilo = "No silo answers.";
    private const string SilentDatabase = "The database does not answer.";
    private const string SearchPath = "Check Search Path of the connection string, and that of the user.";

    private const string Server =
        "Check Host and Port of the connection string, and that the server runs and takes connections from here.";

    private const string User =
        "Check Username and Password of the connection string, and what the server's pg_hba.conf allows.";

    private const string Tables =
        "Check Database and Search Path of the connection string; the command 'migrate' makes the tables.";

    /// <summary>Explains a failure.</summary>
    /// <param name="settings">What was tried.</param>
    /// <param name="exception">What went wrong.</param>
    /// <param name="isTimeout">Whether the time for it was over.</param>
    /// <param name="isDatabaseSilent">Whether a database that was asked has not answered.</param>
    public static NoConnectionException Of(
        ConnectionSettings settings, Exception exception, bool isTimeout, bool isDatabaseSilent = false)
    {
        var cause = exception.GetBaseException().Message.TrimEnd('.');
        var database = Chain(exception).OfType<NpgsqlException>().LastOrDefault();
        var (what, why, hint) = database switch
        {
            PostgresException refused => OfDatabase(refused),
            not null when !isTimeout => (SilentDatabase, cause, Server),
            _ when isTimeout && isDatabaseSilent =>
                (SilentDatabase, $"no answer within {settings.Timeout.TotalSeconds} s", Patience(settings)),
            _ when settings.IsDatabase && exception is WorkflowUnavailableException =>
                ("The database is not taken for the cluster's.", cause, SearchPath),
            _ when isTimeout => (NoSilo, $"no answer within {settings.Timeout.TotalSeconds} s", Patience(settings)),
            _ when settings.IsDatabase => ("The database has no living silo of the cluster.", cause, StartOne),
            _ when exception is WorkflowUnavailableException =>
                (NoSilo, $"no silo has announced itself there ({cause})", StartOne),
            _ => (NoSilo, cause, StartOne),
        };
        return new NoConnectionException($"{what} Tried {settings}: {why}.", hint, exception);
    }

    private static (string What, string Why, string Hint) OfDatabase(PostgresException refused)
    {
        var why = refused.MessageText.TrimEnd('.');
        return refused.SqlState switch
        {
            // Class 28: who asks is refused.
            ['2', '8', ..] => ("The database refuses the user.", why, User),
            PostgresErrorCodes.InvalidCatalogName =>
                ("There is no such database.", why, "Check Database in the connection string."),
            PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName =>
                ("The database has no tables of a cluster.", why, Tables),
            PostgresErrorCodes.InsufficientPrivilege => (
                "The database refuses to be read.",
                why,
                "Check Username of the connection string, and what the user may read."),
            _ => ("The database does not take the connection.", $"{why} ({refused.SqlState})", Server),
        };
    }

    private static string Patience(ConnectionSettings settings) => settings.IsDatabase
        ? $"{Server} --timeout SECONDS gives it more time."
        : $"{StartOne} --timeout SECONDS gives it more time.";

    private static IEnumerable<Exception> Chain(Exception exception)
    {
        for (Exception? at = exception; at is not null; at = at.InnerException)
        {
            yield return at;
        }
    }
}
