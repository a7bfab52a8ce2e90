using Npgsql;

namespace Orleans.Workflows.Storage.Postgres;

/// <summary>The reads of the lines that processes report.</summary>
internal static class ReportReads
{
    private const string OwnSql =
        """
        SELECT r.seq, $1, r.at, r.level, r.position, r.attempt, r.text FROM report AS r
        WHERE r.number = (SELECT number FROM process WHERE id = $1) AND r.seq > $2 AND r.level >= $3
        ORDER BY r.seq LIMIT $4
        """;

    // OFFSET 0 has the children of each member looked up in the index: the planner takes every tree for a large one,
    // and would read all children there are instead. Each member gives a page at most, however much it has reported.
    private const string TreeSql =
        """
        WITH RECURSIVE tree (number, id) AS (
            SELECT number, id FROM process WHERE id = $1
            UNION ALL
            SELECT c.number, c.id FROM tree AS t
                CROSS JOIN LATERAL (SELECT number, id FROM process WHERE parent = t.id OFFSET 0) AS c)
        SELECT r.seq, t.id, r.at, r.level, r.position, r.attempt, r.text FROM tree AS t CROSS JOIN LATERAL (
            SELECT m.seq, m.at, m.level, m.position, m.attempt, m.text FROM report AS m
            WHERE m.number = t.number AND m.seq > $2 AND m.level >= $3 ORDER BY m.seq LIMIT $4) AS r
        ORDER BY r.seq LIMIT $4
        """;

    /// <summary>Reads lines of a process or of its tree downwards.</summary>
    /// <param name="readers">The connections.</param>
    /// <param name="id">The process.</param>
    /// <param name="tree">Whether its descendants' lines are wanted too.</param>
    /// <param name="minimum">The lowest level.</param>
    /// <param name="afterSequence">The last sequence of the page before.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static Task<List<ReportEntry>> ReadAsync(
        PostgresReaders readers,
        ProcessId id,
        bool tree,
        ReportLevel minimum,
        long afterSequence,
        int limit,
        CancellationToken cancellationToken) =>
        readers.QueryAsync(
            () =>
                Statement
                    .Of(tree ? TreeSql : OwnSql)
                    .With(id.Value)
                    .With(afterSequence)
                    .With((short)minimum)
                    .With(limit),
            ReadEntry,
            cancellationToken);

    private static ReportEntry ReadEntry(NpgsqlDataReader r) => new()
    {
        Sequence = r.GetInt64(0),
        ProcessId = r.Id(1),
        At = r.Time(2),
        Level = (ReportLevel)r.GetInt16(3),
        Position = r.GetString(4),
        Attempt = r.GetInt32(5),
        Text = r.GetString(6),
    };
}
