using System.Text;
using System.Text.Json;
using Npgsql;
using Orleans.Workflows.CrashHost.Driving;
using Orleans.Workflows.CrashHost.Storm.Clients;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.CrashHost.Storm.Checking;

/// <summary>
/// Reads what a storm has left, from the files and from the tables themselves: not through the engine, which is what is
/// judged.
/// </summary>
/// <param name="connectionString">The database.</param>
public sealed class EvidenceReader(string connectionString)
{
    private const string SignalPrefix = "s:";

    /// <summary>Reads everything.</summary>
    /// <param name="logs">The files of the clients' logs.</param>
    /// <param name="ledger">The ledger's lines.</param>
    /// <param name="silos">The silos that are alive, as rows name their owner.</param>
    /// <param name="windows">The times in which the rest had to go on.</param>
    /// <returns>The evidence.</returns>
    public async Task<Evidence> ReadAsync(
        IEnumerable<string> logs,
        IReadOnlyList<LedgerLine> ledger,
        IReadOnlySet<string> silos,
        IReadOnlyList<Window> windows)
    {
        var now = TimeProvider.System.GetUtcNow();
        var processes = await ProcessesAsync();
        return new Evidence
        {
            Clients = [.. logs.Select(ClientLog.Read)],
            Ledger = ledger,
            Processes = processes,
            Messages = await MessagesAsync(),
            Silos = silos,
            Windows = windows,
            ReadAt = now,
        };
    }

    /// <summary>How many processes have not ended, and how many messages their receivers have not taken in.</summary>
    /// <returns>The numbers.</returns>
    public async Task<(long Processes, long Messages)> OpenAsync() => (await QueryAsync(
        "SELECT (SELECT count(*) FROM process WHERE state < 3), (SELECT count(*) FROM inbox WHERE seen < 2)",
        static row => (row.GetInt64(0), row.GetInt64(1)))).Single();

    private async Task<List<ProcessEvidence>> ProcessesAsync()
    {
        var history = (
            await QueryAsync("SELECT number, version, at, events FROM history ORDER BY number, version", static row =>
                (
                    Number: row.GetInt64(0),
                    Entry: new HistoryEntry(
                        row.GetInt64(1),
                        row.GetFieldValue<DateTimeOffset>(2),
                        JsonSerializer.Deserialize<List<HistoryEvent>>(row.GetString(3))!)))
        ).ToLookup(static entry => entry.Number, static entry => entry.Entry);
        return await QueryAsync(
            "SELECT number, id, type, input, state, version, updated_at, exit_code, output, parent, owner, due_at, "
            + "paused, incident FROM process",
            row => new ProcessEvidence
            {
                Id = row.GetString(1),
                Type = row.GetString(2),
                Input = Text(row, 3)!,
                State = (ProcessState)row.GetInt16(4),
                Version = row.GetInt64(5),
                History = [.. history[row.GetInt64(0)]],
                UpdatedAt = row.GetFieldValue<DateTimeOffset>(6),
                ExitCode = row.IsDBNull(7) ? null : row.GetInt32(7),
                Output = Text(row, 8),
                Parent = row.IsDBNull(9) ? null : row.GetString(9),
                Owner = row.IsDBNull(10) ? null : row.GetString(10),
                DueAt = row.IsDBNull(11) ? null : row.GetFieldValue<DateTimeOffset>(11),
                Paused = row.GetBoolean(12),
                Incident = row.IsDBNull(13) ? null : (IncidentCode)row.GetInt16(13),
            });
    }

    private Task<List<MessageEvidence>> MessagesAsync() => QueryAsync(
        "SELECT process_id, message_id, kind, seen FROM inbox ORDER BY seq",
        static row =>
        {
            var id = row.GetString(1);
            return new MessageEvidence(
                row.GetString(0),
                id.StartsWith(SignalPrefix, StringComparison.Ordinal) ? id[SignalPrefix.Length..] : id,
                (MessageKind)row.GetInt16(2),
                (MessageSeen)row.GetInt16(3));
        });

    private async Task<List<T>> QueryAsync<T>(string query, Func<NpgsqlDataReader, T> read)
    {
        await using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(query, connection) { CommandTimeout = 120 };
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    private static string? Text(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : Encoding.UTF8.GetString(row.GetFieldValue<byte[]>(column));
}
