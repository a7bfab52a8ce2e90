using DbUp;
using DbUp.Engine;
using Microsoft.Data.Sqlite;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Linked;

namespace Orleans.Workflows.Storage.Sqlite;

/// <summary>Brings the schema up to date, or finds out whether it is.</summary>
/// <param name="name">The database, as messages name it.</param>
internal sealed class SchemaScripts(string name)
{
    private const string Journal = "owf_schema";
    private const string Folder = "Orleans.Workflows.Storage.Sqlite.Scripts.";

    /// <summary>Executes the scripts that are missing, in one transaction that excludes other writers.</summary>
    /// <exception cref="StoreUnavailableException">A script failed; nothing was changed.</exception>
    public void Apply(SqliteConnection connection)
    {
        var result = Engine(connection).PerformUpgrade();
        if (!result.Successful)
        {
            throw new StoreUnavailableException(
                $"The schema of {name} could not be brought up to date: script {result.ErrorScript?.Name ?? "(none)"}: "
                + $"{Sentence.Ended(result.Error?.Message)} Nothing was changed.",
                result.Error);
        }
    }

    /// <summary>Finds out whether the schema is up to date.</summary>
    /// <exception cref="StoreUnavailableException">It is not.</exception>
    public void Verify(SqliteConnection connection)
    {
        using var hasJournal = new Statement(
            connection,
            "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = $name",
            "$name");
        var missing = hasJournal.Scalar(Journal) is 0L
            ? Engine(connection).GetDiscoveredScripts().Select(static s => s.Name).ToList()
            : Engine(connection).GetScriptsToExecute().Select(static s => s.Name).ToList();
        if (missing.Count > 0)
        {
            throw new StoreUnavailableException(
                $"The schema of {name} lacks {string.Join(", ", missing.Select(static s => s[Folder.Length..]))}: "
                + "start a silo once with Workflows:Schema=Apply.");
        }
    }

    private static UpgradeEngine Engine(SqliteConnection connection) =>
        DeployChanges
            .To.SqliteDatabase(new DbUp.Sqlite.Helpers.SharedConnection(connection))
            .WithScriptsEmbeddedInAssembly(typeof(SchemaScripts).Assembly, static s =>
                s.StartsWith(Folder, StringComparison.Ordinal))
            .JournalToSqliteTable(Journal)
            .WithTransaction()
            .WithVariablesDisabled()
            .LogToNowhere()
            .Build();
}
