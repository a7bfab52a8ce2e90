using Microsoft.Data.Sqlite;

namespace Orleans.Workflows.Storage.Sqlite;

/// <summary>The reads of the lines that processes report.</summary>
internal static class ReportReads
{
    private const string OwnSql =
        """
        SELECT seq, $id, at, level, position, attempt, text FROM report
        WHERE number = (SELECT number FROM process WHERE id = $id) AND seq > $after AND level >= $minimum
        ORDER BY seq LIMIT $limit
        """;

    // The places are found in the index alone, so that only the lines of the page itself are read.
    private const string TreeSql =
        """
        WITH RECURSIVE tree (number, id) AS (
            SELECT number, id FROM process WHERE id = $id
            UNION ALL
            SELECT c.number, c.id FROM tree AS t JOIN process AS c ON c.parent = t.id),
        page (seq, id) AS MATERIALIZED (
            SELECT r.seq, t.id FROM tree AS t CROSS JOIN report AS r INDEXED BY report_process
            WHERE r.number = t.number AND r.seq > $after AND r.level >= $minimum ORDER BY r.seq LIMIT $limit)
        SELECT r.seq, p.id, r.at, r.level, r.position, r.attempt, r.text FROM page AS p CROSS JOIN report AS r
        WHERE r.seq = p.seq ORDER BY p.seq
        """;

    /// <summary>Reads lines of a process or of its tree downwards.</summary>
    /// <param name="session">The connection.</param>
    /// <param name="id">The process.</param>
    /// <param name="tree">Whether its descendants' lines are wanted too.</param>
    /// <param name="minimum">The lowest level.</param>
    /// <param name="afterSequence">The last sequence of the page before.</param>
    /// <param name="limit">How many at most.</param>
    public static IReadOnlyList<ReportEntry> Read(
        ReadSession session,
        ProcessId id,
        bool tree,
        ReportLevel minimum,
        long afterSequence,
        int limit) =>
        session
            .Prepared(tree ? TreeSql : OwnSql, "$id $after $minimum $limit")
            .Query(ReadEntry, id.Value, afterSequence, (int)minimum, limit);

    private static ReportEntry ReadEntry(SqliteDataReader r) => new()
    {
        Sequence = r.GetInt64(0),
        ProcessId = r.Id(1),
        At = r.Time(2),
        Level = (ReportLevel)r.GetInt32(3),
        Position = r.GetString(4),
        Attempt = r.GetInt32(5),
        Text = r.GetString(6),
    };
}
