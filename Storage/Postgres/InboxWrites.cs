using Npgsql;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Storage.Postgres;

/// <summary>The statements that write inboxes, each for all messages of a batch at once.</summary>
internal static class InboxWrites
{
    /// <summary>Says of a message that it was stored, in the place of what its receiver's inbox counts.</summary>
    public const long Stored = -1;

    /// <summary>Says of a message that its receiver's inbox is full.</summary>
    public const long Full = -2;

    // Dedupe (decision 3): an id is a message's for as long as its receiver's row exists, also when it was taken in
    // long ago. A call that is made again, because its answer was lost, adds nothing.
    //
    // Lengths are read without the payloads themselves. A batch has one message for a receiver at most, so none of them
    // counts another.
    private static readonly string SendSql =
        $"""
        WITH measured AS (
            SELECT g.receiver, g.message_id, c.counted,
                c.counted + octet_length(g.payload) + {WorkflowLimits.SignalOverheadBytes}
                - CASE WHEN c.has_name THEN 0 ELSE {WorkflowLimits.InboxReserveBytes} END AS needed
            FROM unnest($1, $2, $4, $7, $8) AS g (receiver, message_id, name, payload, is_measured), LATERAL (
                SELECT coalesce(sum(octet_length(o.payload) + {WorkflowLimits.SignalOverheadBytes}), 0) AS counted,
                    coalesce(bool_or(o.name = g.name), false) AS has_name FROM inbox AS o
                WHERE o.process_id = g.receiver AND o.seen < 2 AND o.kind = 1) AS c
            WHERE g.is_measured),
        too_many AS (SELECT receiver, message_id FROM measured WHERE needed > {WorkflowLimits.MaxInboxBytes}),
        told AS (
            INSERT INTO inbox (process_id, message_id, slice, kind, name, sender, sent_at, payload)
            SELECT p.id, g.message_id, p.slice, g.kind, g.name, g.sender, g.sent_at, g.payload
            FROM unnest($1, $2, $3, $4, $5, $6, $7) WITH ORDINALITY
                AS g (receiver, message_id, kind, name, sender, sent_at, payload, place)
                JOIN process AS p ON p.id = g.receiver AND p.state < 3
            WHERE NOT EXISTS (SELECT FROM too_many AS t WHERE t.receiver = g.receiver AND t.message_id = g.message_id)
            ORDER BY g.place
            ON CONFLICT (process_id, message_id) DO NOTHING RETURNING process_id, message_id)
        SELECT process_id, message_id, {Stored}::bigint FROM told
        UNION ALL SELECT receiver, message_id, {Full}::bigint FROM too_many
        UNION ALL SELECT receiver, message_id, counted::bigint FROM measured WHERE counted >= {InboxBudgets.Small}
        """;

    // A statement of its own, so that it sees what a concurrent sender of the same message has just stored.
    private static readonly string SentSql =
        $"""
        SELECT p.id, p.state, p.paused, m.seq IS NOT NULL,
            ARRAY(SELECT c.kind FROM inbox AS c WHERE c.process_id = p.id AND c.seen < 2 AND c.seen = 0
                AND c.kind NOT IN ({MessageKinds.KeptNumbers}) AND c.seq < m.seq ORDER BY c.seq),
            m.sender, p.type
        FROM unnest($1, $2) AS g (receiver, message_id)
            JOIN process AS p ON p.id = g.receiver
            LEFT JOIN inbox AS m ON m.process_id = g.receiver AND m.message_id = g.message_id
        """;

    private const string PassOnSql =
        """
        INSERT INTO inbox (process_id, message_id, slice, kind, name, sender, sent_at, payload)
        SELECT p.id, g.message_id, p.slice, g.kind, g.name, g.sender, g.sent_at, g.payload
        FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9) WITH ORDINALITY
                AS g (receiver, message_id, kind, name, sender, sent_at, payload, writer, operation, place)
            JOIN process AS w ON w.id = g.writer AND w.last_operation = g.operation
            JOIN process AS p ON p.id = g.receiver AND p.state < 3
        ORDER BY g.place
        ON CONFLICT (process_id, message_id) DO NOTHING
        """;

    private const string ToChildrenSql =
        """
        WITH told AS (
            INSERT INTO inbox (process_id, message_id, slice, kind, name, sender, sent_at, payload)
            SELECT c.id, g.message_id, c.slice, g.kind, g.name, g.sender, g.sent_at, g.payload
            FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9) WITH ORDINALITY
                    AS g (receiver, message_id, kind, name, sender, sent_at, payload, writer, operation, place)
                JOIN process AS w ON w.id = g.writer AND w.last_operation = g.operation
                JOIN process AS c ON c.parent = g.writer AND c.state < 3
            ORDER BY c.parent, c.parent_step, c.parent_index, g.place
            ON CONFLICT (process_id, message_id) DO NOTHING RETURNING process_id)
        SELECT c.parent, c.id FROM (SELECT DISTINCT process_id FROM told) AS t JOIN process AS c ON c.id = t.process_id
        ORDER BY c.parent, c.parent_step, c.parent_index
        """;

    private const string MarkSql =
        """
        UPDATE inbox AS m SET seen = g.seen, payload = CASE WHEN g.seen >= 2 THEN ''::bytea ELSE m.payload END
        FROM unnest($1, $2, $3, $4) AS g (receiver, operation, message_id, seen)
            JOIN process AS w ON w.id = g.receiver AND w.last_operation = g.operation
        WHERE m.process_id = g.receiver AND m.message_id = g.message_id AND m.seen < 2 AND m.seen < g.seen
        """;

    private const string CloseSql =
        """
        UPDATE inbox AS m SET seen = 3, payload = ''::bytea
        FROM unnest($1, $2) AS g (receiver, operation)
            JOIN process AS w ON w.id = g.receiver AND w.last_operation = g.operation
        WHERE m.process_id = g.receiver AND m.seen < 2
        """;

    /// <summary>Inserts clients' messages whose receivers live and whose ids are new.</summary>
    /// <param name="messages">The messages.</param>
    /// <param name="budgets">Knows which receivers' inboxes need not be measured.</param>
    /// <returns>
    /// The statement; it returns receiver and id with <see cref="Stored"/> of those that it inserted, with
    /// <see cref="Full"/> of those that are too many for their receiver, and with what a large inbox counts.
    /// </returns>
    public static NpgsqlBatchCommand Send(IReadOnlyList<InboxMessage> messages, InboxBudgets budgets) =>
        Messages(SendSql, messages).WithEach(messages, m => !budgets.Covers(m));

    /// <summary>Reads what clients are told about their messages.</summary>
    /// <returns>
    /// The statement; it returns receiver, state, paused, whether the message is there, the kinds of unseen controls
    /// before it, its sender, and the receiver's type.
    /// </returns>
    public static NpgsqlBatchCommand Sent(IReadOnlyList<InboxMessage> messages) => Statement.Of(SentSql)
        .WithEach(messages, static m => m.Receiver.Value)
        .WithEach(messages, static m => m.MessageId);

    /// <summary>Inserts messages of commits that were carried out.</summary>
    /// <param name="messages">The messages, each with its commit.</param>
    public static NpgsqlBatchCommand PassOn(IReadOnlyList<(InboxMessage Message, ProcessCommit By)> messages) =>
        OfCommits(PassOnSql, messages);

    /// <summary>Inserts messages for each live child of processes whose commits were carried out.</summary>
    /// <param name="messages">The messages, each with its commit.</param>
    /// <returns>The statement; it returns parent and child of those that it inserted, each child once.</returns>
    public static NpgsqlBatchCommand ToChildren(IReadOnlyList<(InboxMessage Message, ProcessCommit By)> messages) =>
        OfCommits(ToChildrenSql, messages);

    /// <summary>Moves messages of commits that were carried out forward.</summary>
    /// <param name="marks">The marks, each with its commit.</param>
    public static NpgsqlBatchCommand Mark(IReadOnlyList<(MessageMark Mark, ProcessCommit By)> marks) =>
        Statement
            .Of(MarkSql)
            .WithEach(marks, static m => m.By.Row.Id.Value)
            .WithEach(marks, static m => m.By.OperationId)
            .WithEach(marks, static m => m.Mark.MessageId)
            .WithEach(marks, static m => (short)m.Mark.Seen);

    /// <summary>Refuses what is open in the inboxes of processes whose commits were carried out.</summary>
    public static NpgsqlBatchCommand Close(IReadOnlyList<ProcessCommit> commits) => Statement.Of(CloseSql)
        .WithEach(commits, static c => c.Row.Id.Value)
        .WithEach(commits, static c => c.OperationId);

    private static NpgsqlBatchCommand OfCommits(
        string sql,
        IReadOnlyList<(InboxMessage Message, ProcessCommit By)> messages) =>
        Messages(sql, [.. messages.Select(static m => m.Message)])
            .WithEach(messages, static m => m.By.Row.Id.Value)
            .WithEach(messages, static m => m.By.OperationId);

    private static NpgsqlBatchCommand Messages(string sql, IReadOnlyList<InboxMessage> messages) => Statement.Of(sql)
        .WithEach(messages, static m => m.Receiver.Value)
        .WithEach(messages, static m => m.MessageId)
        .WithEach(messages, static m => (short)m.Kind)
        .WithEach(messages, static m => m.Name)
        .WithEach(messages, static m => m.Sender?.Value)
        .WithEach(messages, static m => m.SentAt.ToColumn())
        .WithEach(messages, static m => m.Payload);
}
