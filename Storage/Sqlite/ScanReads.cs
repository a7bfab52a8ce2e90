using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Storage.Sqlite;

/// <summary>The supervisors' reads. Each goes on by keyset from the last one of the page before.</summary>
internal static class ScanReads
{
    /// <summary>Finds processes that are due.</summary>
    /// <param name="session">The connection.</param>
    /// <param name="slices">Where to look.</param>
    /// <param name="dueAt">The time until which they are due.</param>
    /// <param name="after">The last one of the page before.</param>
    /// <param name="limit">How many at most.</param>
    /// <returns>The processes by due time and id.</returns>
    public static IReadOnlyList<DueProcess> Due(
        ReadSession session,
        SliceRange slices,
        DateTimeOffset dueAt,
        DueProcess? after,
        int limit) =>
        session
            .Prepared(
                """
                SELECT id, due_at, type, definition_version,
                    length(checkpoint) + coalesce(
                        (SELECT length(input) FROM process_input AS i WHERE i.number = process.number), 0)
                FROM process
                WHERE due_at IS NOT NULL AND due_at <= $due AND (due_at, id) > ($afterDue, $afterId)
                    AND slice BETWEEN $first AND $last
                ORDER BY due_at, id LIMIT $limit
                """,
                "$due $afterDue $afterId $first $last $limit")
            .Query(
                static r => new DueProcess(
                    r.Id(0),
                    r.Time(1),
                    new NeededType(r.GetString(2), r.GetInt32(3)),
                    r.GetInt64(4)),
                dueAt.ToColumn(),
                after?.DueAt.ToColumn() ?? long.MinValue,
                after?.Id.Value ?? "",
                slices.First,
                slices.Last,
                limit);

    /// <summary>
    /// Lists the silos that own a process. Goes from owner to owner in the index, however many processes each has.
    /// </summary>
    public static IReadOnlyList<string> Owners(ReadSession session) =>
        session
            .Prepared(
                """
                WITH RECURSIVE owners (owner) AS (
                    SELECT min(owner) FROM process WHERE owner IS NOT NULL
                    UNION ALL
                    SELECT (SELECT min(p.owner) FROM process AS p WHERE p.owner IS NOT NULL AND p.owner > owners.owner)
                        FROM owners WHERE owner IS NOT NULL)
                SELECT owner FROM owners WHERE owner IS NOT NULL
                """
            )
            .Query(static r => r.GetString(0));

    /// <summary>Finds the processes that a silo owns.</summary>
    /// <param name="session">The connection.</param>
    /// <param name="owner">The silo.</param>
    /// <param name="slices">Where to look.</param>
    /// <param name="after">The last one of the page before.</param>
    /// <param name="limit">How many at most.</param>
    public static IReadOnlyList<OwnedProcess> Owned(
        ReadSession session,
        string owner,
        SliceRange slices,
        ProcessId? after,
        int limit) =>
        session
            .Prepared(
                """
                SELECT id, type, definition_version,
                    length(checkpoint) + coalesce(
                        (SELECT length(input) FROM process_input AS i WHERE i.number = process.number), 0)
                FROM process
                WHERE owner = $owner AND id > $after AND slice BETWEEN $first AND $last ORDER BY id LIMIT $limit
                """,
                "$owner $after $first $last $limit")
            .Query(
                static r => new OwnedProcess(r.Id(0), new NeededType(r.GetString(1), r.GetInt32(2)), r.GetInt64(3)),
                owner,
                after?.Value ?? "",
                slices.First,
                slices.Last,
                limit);

    /// <summary>Finds messages that nobody took in.</summary>
    /// <param name="session">The connection.</param>
    /// <param name="slices">The receivers' slices.</param>
    /// <param name="sentBefore">Only messages sent before this time.</param>
    /// <param name="afterSequence">The last sequence of the page before.</param>
    /// <param name="limit">How many at most.</param>
    public static IReadOnlyList<UnseenMessage> Unseen(
        ReadSession session,
        SliceRange slices,
        DateTimeOffset sentBefore,
        long afterSequence,
        int limit) =>
        session
            .Prepared(
                """
                SELECT process_id, seq, kind, sent_at, (
                    SELECT length(p.checkpoint) + length(i.input) FROM process AS p
                    JOIN process_input AS i USING (number) WHERE p.id = process_id),
                    length(payload)
                FROM inbox INDEXED BY inbox_unseen
                WHERE seen = 0 AND seq > $after AND sent_at < $before
                    AND slice BETWEEN $first AND $last ORDER BY seq LIMIT $limit
                """,
                "$after $before $first $last $limit")
            .Query(
                static r => new UnseenMessage(
                    r.Id(0),
                    r.GetInt64(1),
                    (MessageKind)r.GetInt32(2),
                    r.Time(3),
                    r.IsDBNull(4) ? 0 : r.GetInt64(4),
                    r.GetInt32(5)),
                afterSequence,
                sentBefore.ToColumn(),
                slices.First,
                slices.Last,
                limit);

    /// <summary>Counts what has not ended, along the indexes of lists.</summary>
    public static LiveProcesses Live(ReadSession session, int limit) =>
        session
            .Prepared(
                """
                SELECT
                    (SELECT count(*) FROM (SELECT 1 FROM process WHERE state = 0 LIMIT $limit)),
                    (SELECT count(*) FROM (SELECT 1 FROM process WHERE state = 1 LIMIT $limit)),
                    (SELECT count(*) FROM (SELECT 1 FROM process WHERE state = 2 LIMIT $limit)),
                    (SELECT count(*) FROM (SELECT 1 FROM process WHERE paused = 1 LIMIT $limit)),
                    (SELECT count(*) FROM (SELECT 1 FROM process WHERE incident IS NOT NULL LIMIT $limit))
                """,
                "$limit")
            .Query(
                static r => new LiveProcesses(
                    r.GetInt32(0),
                    r.GetInt32(1),
                    r.GetInt32(2),
                    r.GetInt32(3),
                    r.GetInt32(4)),
                limit
            )[0];
}
