using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Orleans.Workflows.Storage.Sqlite;

/// <summary>Opens connections to the store's file.</summary>
/// <param name="options">Where it is, and its bounds.</param>
internal sealed class SqliteConnections(SqliteStoreOptions options)
{
    /// <summary>Opens a connection that writes.</summary>
    /// <param name="create">Whether to make the file when it is missing.</param>
    /// <returns>The connection, open.</returns>
    public SqliteConnection OpenWriter(bool create = false)
    {
        var connection = Open(create ? SqliteOpenMode.ReadWriteCreate : SqliteOpenMode.ReadWrite);
        Execute(
            connection,
            "PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000; PRAGMA journal_size_limit = 67108864;");
        if (options.MaxDatabaseBytes is { } bytes)
        {
            Execute(
                connection,
                string.Create(CultureInfo.InvariantCulture, $"PRAGMA max_page_count = {bytes / 4096};"));
        }

        return connection;
    }

    /// <summary>Opens a connection that only reads.</summary>
    /// <returns>The connection, open.</returns>
    public SqliteConnection OpenReader()
    {
        var connection = Open(SqliteOpenMode.ReadWrite);
        Execute(connection, "PRAGMA query_only = 1;");
        return connection;
    }

    /// <summary>Executes statements that return nothing of interest.</summary>
    public static void Execute(SqliteConnection connection, string sql)
    {
        using var statement = new Statement(connection, sql);
        statement.Execute();
    }

    private SqliteConnection Open(SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = options.Path,
            Mode = mode,
            Pooling = false,
            // SQLite itself waits for the busy timeout; the driver's own polling, which sleeps 150 ms at a time, must
            // not come on top.
            DefaultTimeout = 1,
        }.ConnectionString);
        var isNew = mode is SqliteOpenMode.ReadWriteCreate && !File.Exists(options.Path);
        try
        {
            connection.Open();
            if (isNew)
            {
                OwnFile.Close(options.Path);
            }

            Execute(
                connection,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"PRAGMA busy_timeout = {(int)options.BusyTimeout.TotalMilliseconds}; PRAGMA journal_mode = WAL; "
                    + $"PRAGMA foreign_keys = 0; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16000;"));
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
