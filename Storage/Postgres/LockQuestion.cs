using Npgsql;
using Orleans.Workflows.Storage.GroupCommit;

namespace Orleans.Workflows.Storage.Postgres;

/// <summary>
/// Asks which items of a batch want rows that others have locked: by trying each row's lock without waiting for it.
/// </summary>
/// <param name="items">The items, each id once.</param>
internal sealed class LockQuestion(IReadOnlyList<WriteItem> items)
{
    private const string Unknown = "a session that PostgreSQL does not name";

    // Whoever waits for such a lock keeps others waiting, too, so one that is not granted counts.
    private const string TableSql =
        $"""
        SELECT c.relname, {SessionReads.Named}
        FROM pg_locks AS l JOIN pg_class AS c ON c.oid = l.relation LEFT JOIN pg_stat_activity AS a ON a.pid = l.pid
        WHERE l.locktype = 'relation' AND l.relation IN ('process'::regclass, 'history'::regclass)
            AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
            AND l.mode IN ('ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock')
            AND l.pid IS DISTINCT FROM pg_backend_pid()
        ORDER BY l.granted DESC LIMIT 1
        """;

    private const string Holders =
        $"""
        holders AS MATERIALIZED (
            SELECT l.transactionid AS xid, {SessionReads.Named} AS name
            FROM pg_locks AS l LEFT JOIN pg_stat_activity AS a ON a.pid = l.pid
            WHERE l.locktype = 'transactionid' AND l.granted)
        """;

    // The strength of the updates: a lock that does not hinder them is none here.
    private const string RowsSql =
        $"""
        WITH free AS MATERIALIZED (
            SELECT p.id FROM process AS p WHERE p.id = ANY ($1) FOR NO KEY UPDATE SKIP LOCKED), {Holders}
        SELECT p.id, h.name FROM process AS p LEFT JOIN holders AS h ON h.xid = p.xmax
        WHERE p.id = ANY ($1) AND p.id NOT IN (SELECT f.id FROM free AS f)
        """;

    private const string MarkedSql =
        $"""
        WITH free AS MATERIALIZED (
            SELECT m.seq FROM unnest($1, $2) AS g (receiver, message_id)
                JOIN inbox AS m ON m.process_id = g.receiver AND m.message_id = g.message_id
            FOR NO KEY UPDATE OF m SKIP LOCKED), {Holders}
        SELECT m.process_id, h.name FROM unnest($1, $2) AS g (receiver, message_id)
            JOIN inbox AS m ON m.process_id = g.receiver AND m.message_id = g.message_id
            LEFT JOIN holders AS h ON h.xid = m.xmax
        WHERE m.seen < 2 AND m.seq NOT IN (SELECT f.seq FROM free AS f)
        """;

    private const string ClosedSql =
        $"""
        WITH free AS MATERIALIZED (
            SELECT m.seq FROM inbox AS m WHERE m.process_id = ANY ($1) AND m.seen < 2
            FOR NO KEY UPDATE SKIP LOCKED), {Holders}
        SELECT m.process_id, h.name FROM inbox AS m LEFT JOIN holders AS h ON h.xid = m.xmax
        WHERE m.process_id = ANY ($1) AND m.seen < 2 AND m.seq NOT IN (SELECT f.seq FROM free AS f)
        """;

    private readonly Dictionary<WriteItem, string> _holders = [];
    private string? _ofEverything;

    /// <summary>What was found.</summary>
    public ForeignLocks Answer => new(_holders, _ofEverything);

    /// <summary>Adds the statements, the one about tables first.</summary>
    public void Ask(WriteRound round)
    {
        round.Add(Statement.Of(TableSql), r => _ofEverything = $"{r.GetString(1)}, on the table {r.GetString(0)}");
        var commits = items.OfType<CommitItem>().ToDictionary(static c => c.Id.Value);
        if (commits.Count == 0)
        {
            return;
        }

        round.Add(Statement.Of(RowsSql).With<string[]>([.. commits.Keys]), Found);
        var marks = commits
            .Values.SelectMany(static c => c.Commit.Marks, static (c, mark) => (Receiver: c.Id.Value, mark.MessageId))
            .ToList();
        if (marks.Count > 0)
        {
            round.Add(
                Statement
                    .Of(MarkedSql)
                    .WithEach(marks, static m => m.Receiver)
                    .WithEach(marks, static m => m.MessageId),
                Found);
        }

        if (
            commits.Values.Where(static c => c.Commit.CloseInbox).Select(static c => c.Id.Value).ToArray() is
            { Length: > 0 } closing)
        {
            round.Add(Statement.Of(ClosedSql).With(closing), Found);
        }

        void Found(NpgsqlDataReader row) => _holders.TryAdd(commits[row.GetString(0)], row.TextOrNull(1) ?? Unknown);
    }
}
