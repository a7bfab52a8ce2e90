using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Orleans.Workflows.Benchmarks.Measures;
using Orleans.Workflows.Benchmarks.Processes;
using Orleans.Workflows.Benchmarks.Reporting;

namespace Orleans.Workflows.Benchmarks.Floors;

/// <summary>
/// What SQLite does by itself with the store's settings: WAL, a sync for each commit. Rows as large as a checkpoint.
/// </summary>
internal static class SqliteFloor
{
    /// <summary>The place in the figures of that by which steps/s are divided: single-row transactions.</summary>
    public const int Ratio = 0;

    /// <summary>Measures transactions of one row and of 64.</summary>
    /// <param name="seconds">How long each.</param>
    /// <returns>The figures.</returns>
    public static IReadOnlyList<FloorFigure> Measure(int seconds)
    {
        var folder = Directory.CreateTempSubdirectory("owf-floor-");
        try
        {
            using var connection = new SqliteConnection(
                new SqliteConnectionStringBuilder
                {
                    DataSource = Path.Combine(folder.FullName, "floor.db"),
                    Pooling = false,
                }.ConnectionString);
            connection.Open();
            Execute(
                connection,
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000;");
            Execute(
                connection,
                "CREATE TABLE process (number INTEGER PRIMARY KEY, version INTEGER NOT NULL, checkpoint BLOB NOT NULL)"
            );
            Execute(
                connection,
                "CREATE TABLE history (number INTEGER NOT NULL, version INTEGER NOT NULL, events TEXT NOT NULL, "
                + "PRIMARY KEY (number, version)) WITHOUT ROWID");
            return [Measure(connection, 1, seconds), Measure(connection, 64, seconds)];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static FloorFigure Measure(SqliteConnection connection, int rows, int seconds)
    {
        using var upsert = connection.CreateCommand();
        upsert.CommandText =
            "INSERT INTO process VALUES ($number, 1, $checkpoint) ON CONFLICT (number) DO UPDATE SET version = version "
            + "+ 1, checkpoint = $checkpoint RETURNING version";
        var number = upsert.Parameters.Add("$number", SqliteType.Integer);
        upsert.Parameters.AddWithValue("$checkpoint", new byte[BenchmarkTypes.CarriedCharacters + 100]);
        using var history = connection.CreateCommand();
        history.CommandText = "INSERT INTO history VALUES ($number, $version, $events)";
        var (of, version) = (
            history.Parameters.Add("$number", SqliteType.Integer),
            history.Parameters.Add("$version", SqliteType.Integer));
        history.Parameters.AddWithValue("$events", """[{"kind":3,"text":"0: RunAsync"}]""");

        var (began, machine, own) = (Stopwatch.GetTimestamp(), MachineCpu.Busy(), Environment.CpuUsage.TotalTime);
        var transactions = 0;
        while (Stopwatch.GetElapsedTime(began).TotalSeconds < seconds)
        {
            using var transaction = connection.BeginTransaction();
            (upsert.Transaction, history.Transaction) = (transaction, transaction);
            for (var row = 0; row < rows; row++)
            {
                number.Value = of.Value = (transactions * rows + row) % 4_096;
                version.Value = upsert.ExecuteScalar();
                history.ExecuteNonQuery();
            }

            transaction.Commit();
            transactions++;
        }

        var elapsed = Stopwatch.GetElapsedTime(began).TotalSeconds;
        var others = (MachineCpu.Busy() - machine - (Environment.CpuUsage.TotalTime - own).TotalSeconds) / elapsed;
        return new FloorFigure(
            "commit with a sync",
            1,
            rows,
            transactions * rows / elapsed,
            elapsed * 1_000 / transactions,
            others);
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
