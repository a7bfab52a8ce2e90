using Microsoft.Data.Sqlite;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Storage.Sqlite;

/// <summary>The statement that writes the lines that processes report.</summary>
internal sealed class ReportStatements(SqliteConnection connection) : IDisposable
{
    private readonly Statement _insert = new(
        connection,
        """
        INSERT INTO report (number, version, ordinal, at, level, attempt, position, text)
        SELECT number, version, $ordinal, $at, $level, $attempt, $position, $text FROM process WHERE id = $id
        """,
        "$id $ordinal $at $level $attempt $position $text");

    /// <summary>Appends the lines of a commit whose row is written.</summary>
    public void Insert(ProcessId id, IReadOnlyList<ReportLine> lines)
    {
        for (var i = 0; i < lines.Count; i++)
        {
            var (at, level, position, attempt, text) = lines[i];
            _insert.Execute(id.Value, i, at.ToColumn(), (int)level, attempt, position, text);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _insert.Dispose();
}
