using Microsoft.Data.Sqlite;

namespace Orleans.Workflows.Storage.Sqlite;

/// <summary>The statements that delete trees, and the ping's.</summary>
internal sealed class PurgeStatements(SqliteConnection connection) : IDisposable
{
    private const int ProbeBytes = 16 * 1024;

    private readonly Statement _roots = new(
        connection,
        """
        SELECT id FROM process AS r WHERE parent IS NULL AND finished_at IS NOT NULL AND finished_at < $before
        AND state >= 3 AND NOT EXISTS (
            SELECT 1 FROM process AS m WHERE m.root = r.id
            AND (m.state < 3 OR m.finished_at IS NULL OR m.finished_at >= $before))
        ORDER BY finished_at, id LIMIT $limit
        """,
        "$before $limit");

    private readonly Statement[] _details =
    [
        .. ((string[])["history", "report", "process_input", "process_tag"]).Select(table => new Statement(
            connection,
            $"DELETE FROM {table} WHERE number IN (SELECT number FROM process WHERE root = $root)",
            "$root")),
        new(connection, "DELETE FROM inbox WHERE process_id IN (SELECT id FROM process WHERE root = $root)", "$root"),
    ];

    private readonly Statement _rows = new(connection, "DELETE FROM process WHERE root = $root", "$root");

    private readonly Statement _probeRoom = new(
        connection,
        "INSERT INTO probe (number, at) VALUES (1, zeroblob($bytes)) ON CONFLICT (number) DO UPDATE SET at = "
        + "excluded.at",
        "$bytes");

    private readonly Statement _probe = new(
        connection,
        "INSERT INTO probe (number, at) VALUES (1, $at) ON CONFLICT (number) DO UPDATE SET at = excluded.at",
        "$at");

    /// <summary>Deletes trees whose members have all ended before a time.</summary>
    public int Purge(DateTimeOffset before, int limit)
    {
        var deleted = 0;
        foreach (var root in _roots.Query(static r => r.GetString(0), before.ToColumn(), limit))
        {
            foreach (var detail in _details)
            {
                detail.Execute(root);
            }

            deleted += _rows.Execute(root);
        }

        return deleted;
    }

    /// <summary>Needs new pages, then gives them back: a full file refuses it, as it would a process.</summary>
    public void Probe(DateTimeOffset at)
    {
        _probeRoom.Execute(ProbeBytes);
        _probe.Execute(at.ToColumn());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var statement in (Statement[])[_roots, .. _details, _rows, _probeRoom, _probe])
        {
            statement.Dispose();
        }
    }
}
