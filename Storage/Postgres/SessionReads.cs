namespace Orleans.Workflows.Storage.Postgres;

/// <summary>
/// What is done about the sessions of others: those of silos that are gone are ended, those that hold locks are named.
/// </summary>
internal static class SessionReads
{
    /// <summary>
    /// Tells people of a session; 'l' is its lock, 'a' its activity, which are missing for a prepared transaction.
    /// </summary>
    internal const string Named =
        """
        CASE WHEN a.pid IS NULL THEN 'a prepared transaction' ELSE format(
            'session %s, %s, %s', a.pid, coalesce(nullif(a.application_name, ''), 'without a name'),
            coalesce(a.state, 'of another user')) END
        """;

    private const string Ended =
        """
        FROM pg_stat_activity AS a
        WHERE a.datname = current_database() AND a.usename = current_user AND a.pid <> pg_backend_pid()
            AND EXISTS (SELECT FROM unnest($1) AS g (ending)
                WHERE right(a.application_name, length(g.ending)) = g.ending)
        """;

    private const string EndSql = $"SELECT pg_terminate_backend(a.pid) {Ended}";
    private const string LeftSql = $"SELECT a.pid {Ended}";

    // A row that is not locked has no xmax, almost always: then nothing is looked up.
    private const string HolderSql =
        $"""
        CASE WHEN r.xmax <> '0'::xid THEN (
            SELECT {Named} FROM pg_locks AS l LEFT JOIN pg_stat_activity AS a ON a.pid = l.pid
            WHERE l.locktype = 'transactionid' AND l.granted AND l.transactionid = r.xmax) END
        """;

    private const string LockSql =
        $"""
        SELECT holder FROM (
            SELECT {HolderSql} FROM process AS r WHERE r.id = $1
            UNION ALL SELECT {HolderSql} FROM inbox AS r WHERE r.process_id = $1 AND r.seen < 2) AS t (holder)
        WHERE holder IS NOT NULL LIMIT 1
        """;

    private const int Looks = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Ends the sessions of silos, and waits a second at most until they are gone.</summary>
    public static async Task<int> EndAsync(
        PostgresReaders readers,
        IReadOnlyCollection<string> silos,
        TimeProvider timeProvider,
        CancellationToken cancellationToken)
    {
        string[] endings = [.. silos.SelectMany(PostgresSessions.Suffixes)];
        var ended = (
            await readers.QueryAsync(
                () => Statement.Of(EndSql).With(endings),
                static r => r.GetBoolean(0),
                cancellationToken)
        ).Count(static e => e);
        for (var look = 0; ended > 0 && look < Looks; look++)
        {
            if (
                (
                    await readers.QueryAsync(
                        () => Statement.Of(LeftSql).With(endings),
                        static r => r.GetInt32(0),
                        cancellationToken)
                ).Count == 0)
            {
                break;
            }

            await Task.Delay(Pause, timeProvider, cancellationToken);
        }

        return ended;
    }

    /// <summary>Finds who has locked a process.</summary>
    /// <returns>The session; null for nobody.</returns>
    public static async Task<string?> LockAsync(
        PostgresReaders readers,
        ProcessId id,
        CancellationToken cancellationToken) =>
        (
            await readers.QueryAsync(
                () => Statement.Of(LockSql).With(id.Value),
                static r => r.GetString(0),
                cancellationToken)
        ).FirstOrDefault();
}
