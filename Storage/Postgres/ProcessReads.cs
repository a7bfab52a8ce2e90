using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Storage.Postgres;

/// <summary>
/// The reads about one process, and those of supervisors. Each scan goes on by keyset from the last one of the page
/// before.
/// </summary>
internal static class ProcessReads
{
    /// <summary>The scan for what is due.</summary>
    internal const string DueSql =
        """
        SELECT id, due_at, type, definition_version, octet_length(checkpoint)::bigint + octet_length(input) FROM process
        WHERE due_at IS NOT NULL AND due_at <= $1 AND (due_at, id) > ($2, $3) AND slice BETWEEN $4 AND $5
        ORDER BY due_at, id LIMIT $6
        """;

    /// <summary>The scan for what a silo owns.</summary>
    internal const string OwnedSql =
        """
        SELECT id, type, definition_version, octet_length(checkpoint)::bigint + octet_length(input) FROM process
        WHERE owner = $1 AND id > $2 AND slice BETWEEN $3 AND $4 ORDER BY id LIMIT $5
        """;

    /// <summary>Reads how far a receiver is with a message.</summary>
    /// <returns>How far; null when there is no such message.</returns>
    public static async Task<MessageSeen?> MessageAsync(
        PostgresReaders readers,
        ProcessId receiver,
        string messageId,
        CancellationToken cancellationToken) =>
        await readers.QueryAsync(
            () =>
                Statement
                    .Of("SELECT seen FROM inbox WHERE process_id = $1 AND message_id = $2")
                    .With(receiver.Value)
                    .With(messageId),
            static r => (MessageSeen)r.GetInt16(0),
            cancellationToken) is [var seen] ? seen : null;

    /// <summary>Reads the children of a step.</summary>
    public static Task<List<ChildRow>> ChildrenAsync(
        PostgresReaders readers,
        ProcessId parent,
        int step,
        CancellationToken cancellationToken) =>
        readers.QueryAsync(
            () => Statement.Of(
                """
                SELECT id, parent_index, state, exit_code, output, failure, finished_at FROM process
                WHERE parent = $1 AND parent_step = $2 ORDER BY parent_index
                """).With(parent.Value).With(step),
            static r => new ChildRow(
                r.Id(0),
                r.GetInt32(1),
                (ProcessState)r.GetInt16(2),
                r.IntOrNull(3),
                r.BytesOrNull(4),
                r.BytesOrNull(5),
                r.TimeOrNull(6)),
            cancellationToken);

    /// <summary>Reads a part of the history.</summary>
    public static Task<List<HistoryEntry>> HistoryAsync(
        PostgresReaders readers,
        ProcessId id,
        long afterVersion,
        int limit,
        CancellationToken cancellationToken) =>
        readers.QueryAsync(
            () =>
                Statement
                    .Of(
                        """
                        SELECT version, at, events FROM history
                        WHERE number = (SELECT number FROM process WHERE id = $1) AND version > $2
                        ORDER BY version LIMIT $3
                        """
                    )
                    .With(id.Value)
                    .With(afterVersion)
                    .With(limit),
            static r => new HistoryEntry(r.GetInt64(0), r.Time(1), r.Events(2)),
            cancellationToken);

    /// <summary>Finds processes that are due.</summary>
    /// <param name="readers">The connections.</param>
    /// <param name="slices">Where to look.</param>
    /// <param name="dueAt">The time until which they are due.</param>
    /// <param name="after">The last one of the page before.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The processes by due time and id.</returns>
    public static Task<List<DueProcess>> DueAsync(
        PostgresReaders readers,
        SliceRange slices,
        DateTimeOffset dueAt,
        DueProcess? after,
        int limit,
        CancellationToken cancellationToken) =>
        readers.QueryAsync(
            () =>
                Statement
                    .Of(DueSql)
                    .With(dueAt.ToColumn())
                    .With((after?.DueAt ?? DateTimeOffset.UnixEpoch).ToColumn())
                    .With(after?.Id.Value ?? "")
                    .With(slices.First)
                    .With(slices.Last)
                    .With(limit),
            static r => new DueProcess(
                r.Id(0),
                r.Time(1),
                new NeededType(r.GetString(2), r.GetInt32(3)),
                r.GetInt64(4)),
            cancellationToken);

    /// <summary>
    /// Lists the silos that own a process. Goes from owner to owner in the index, however many processes each has.
    /// </summary>
    public static Task<List<string>> OwnersAsync(PostgresReaders readers, CancellationToken cancellationToken) =>
        readers.QueryAsync(
            static () =>
                Statement.Of(
                    """
                    WITH RECURSIVE owners (owner) AS (
                        (SELECT owner FROM process WHERE owner IS NOT NULL ORDER BY owner LIMIT 1)
                        UNION ALL
                        SELECT (SELECT p.owner FROM process AS p WHERE p.owner IS NOT NULL AND p.owner > o.owner
                            ORDER BY p.owner LIMIT 1)
                        FROM owners AS o WHERE o.owner IS NOT NULL)
                    SELECT owner FROM owners WHERE owner IS NOT NULL
                    """
                ),
            static r => r.GetString(0),
            cancellationToken);

    /// <summary>Finds the processes that a silo owns.</summary>
    /// <param name="readers">The connections.</param>
    /// <param name="owner">The silo.</param>
    /// <param name="slices">Where to look.</param>
    /// <param name="after">The last one of the page before.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static Task<List<OwnedProcess>> OwnedAsync(
        PostgresReaders readers,
        string owner,
        SliceRange slices,
        ProcessId? after,
        int limit,
        CancellationToken cancellationToken) =>
        readers.QueryAsync(
            () => Statement.Of(OwnedSql)
                .With(owner).With(after?.Value ?? "").With(slices.First).With(slices.Last).With(limit),
            static r => new OwnedProcess(r.Id(0), new NeededType(r.GetString(1), r.GetInt32(2)), r.GetInt64(3)),
            cancellationToken);

    /// <summary>Finds messages that nobody took in.</summary>
    /// <param name="readers">The connections.</param>
    /// <param name="slices">The receivers' slices.</param>
    /// <param name="sentBefore">Only messages sent before this time.</param>
    /// <param name="afterSequence">The last sequence of the page before.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static Task<List<UnseenMessage>> UnseenAsync(
        PostgresReaders readers,
        SliceRange slices,
        DateTimeOffset sentBefore,
        long afterSequence,
        int limit,
        CancellationToken cancellationToken) =>
        readers.QueryAsync(
            () =>
                Statement
                    .Of(
                        """
                        SELECT process_id, seq, kind, sent_at, (
                            SELECT octet_length(p.checkpoint)::bigint + octet_length(p.input) FROM process AS p
                            WHERE p.id = process_id),
                            octet_length(payload)
                        FROM inbox
                        WHERE seen = 0 AND seq > $1 AND sent_at < $2 AND slice BETWEEN $3 AND $4 ORDER BY seq LIMIT $5
                        """
                    )
                    .With(afterSequence)
                    .With(sentBefore.ToColumn())
                    .With(slices.First)
                    .With(slices.Last)
                    .With(limit),
            static r => new UnseenMessage(
                r.Id(0),
                r.GetInt64(1),
                (MessageKind)r.GetInt16(2),
                r.Time(3),
                r.IsDBNull(4) ? 0 : r.GetInt64(4),
                r.GetInt32(5)),
            cancellationToken);

    /// <summary>Counts what has not ended, along the indexes of lists.</summary>
    public static async Task<LiveProcesses> LiveAsync(
        PostgresReaders readers,
        int limit,
        CancellationToken cancellationToken) =>
        (
            await readers.QueryAsync(
                () =>
                    Statement
                        .Of(
                            """
                            SELECT
                                (SELECT count(*)::integer FROM (SELECT FROM process WHERE state = 0 LIMIT $1) AS s),
                                (SELECT count(*)::integer FROM (SELECT FROM process WHERE state = 1 LIMIT $1) AS s),
                                (SELECT count(*)::integer FROM (SELECT FROM process WHERE state = 2 LIMIT $1) AS s),
                                (SELECT count(*)::integer FROM (SELECT FROM process WHERE paused LIMIT $1) AS s),
                                (SELECT count(*)::integer
                                    FROM (SELECT FROM process WHERE incident IS NOT NULL LIMIT $1) AS s)
                            """
                        )
                        .With(limit),
                static r => new LiveProcesses(
                    r.GetInt32(0),
                    r.GetInt32(1),
                    r.GetInt32(2),
                    r.GetInt32(3),
                    r.GetInt32(4)),
                cancellationToken)
        )[0];
}
