using Microsoft.Data.Sqlite;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Storage.Sqlite;

/// <summary>The reads about one process.</summary>
internal static class ProcessReads
{
    private const string RowSql =
        """
        SELECT id, run_id, type, definition_version, state, paused, incident, exit_code, status_text, parent,
            parent_step, parent_index, root, created_at, updated_at, finished_at, due_at, owner, version,
            start_request_id, tags, checkpoint, output, failure, input,
            EXISTS (SELECT 1 FROM history AS h WHERE h.number = process.number AND h.version = process.version),
            last_operation
        FROM process LEFT JOIN process_input USING (number) WHERE id = $id
        """;

    private const string InboxShownSql =
        """
        SELECT message_id, seq, kind, name, sender, x'', sent_at, seen FROM inbox
        WHERE process_id = $receiver AND seen <= $most AND seen < 2 ORDER BY seq
        """;

    private const string InboxSql =
        """
        SELECT message_id, seq, kind, name, sender, payload, sent_at, seen FROM inbox
        WHERE process_id = $receiver AND seen <= $most AND seen < 2 ORDER BY seq
        """;

    /// <summary>Reads a process with its inbox, both of one moment.</summary>
    /// <returns>The process; null when there is none.</returns>
    public static LoadedProcess? Load(ReadSession session, ProcessId id, bool payloads)
    {
        session.Prepared("BEGIN").Execute();
        try
        {
            return
                session
                    .Prepared(RowSql, "$id")
                    .Query(static r => (Row: ReadRow(r), HasLastHistory: r.GetBoolean(25)), id.Value)
                    is [var (row, hasLastHistory)]
                ? new LoadedProcess(row, Inbox(session, id, MessageSeen.Parked, payloads))
                {
                    HasLastHistory = hasLastHistory,
                }
                : null;
        }
        finally
        {
            session.Prepared("COMMIT").Execute();
        }
    }

    /// <summary>Reads a process without its inbox.</summary>
    public static ProcessRow? Row(ReadSession session, ProcessId id) =>
        session.Prepared(RowSql, "$id").Query(ReadRow, id.Value) is [var row] ? row : null;

    /// <summary>Reads where a process stands.</summary>
    /// <returns>Where it stands; null when there is no such process.</returns>
    public static ProcessHead? Head(ReadSession session, ProcessId id) =>
        session
            .Prepared("SELECT version, last_operation, state, owner FROM process WHERE id = $id", "$id")
            .Query(
                static r => new ProcessHead(
                    r.GetInt64(0),
                    new Guid(r.Bytes(1)),
                    (ProcessState)r.GetInt32(2),
                    r.TextOrNull(3)),
                id.Value)
            is [var head]
            ? head
            : null;

    /// <summary>Reads the messages that are open.</summary>
    /// <param name="session">The connection.</param>
    /// <param name="id">The receiver.</param>
    /// <param name="most">How far the receiver is with them at most.</param>
    /// <param name="payloads">Whether they have their payloads.</param>
    public static List<InboxMessage> Inbox(ReadSession session, ProcessId id, MessageSeen most, bool payloads = true) =>
        session.Prepared(payloads ? InboxSql : InboxShownSql, "$receiver $most").Query(
            r => new InboxMessage
            {
                Receiver = id,
                MessageId = r.GetString(0),
                Sequence = r.GetInt64(1),
                Kind = (MessageKind)r.GetInt32(2),
                Name = r.TextOrNull(3),
                Sender = r.IdOrNull(4),
                Payload = r.Bytes(5),
                SentAt = r.Time(6),
                Seen = (MessageSeen)r.GetInt32(7),
            },
            id.Value,
            (long)most);

    /// <summary>Reads how far a receiver is with a message.</summary>
    /// <returns>How far; null when there is no such message.</returns>
    public static MessageSeen? Message(ReadSession session, ProcessId receiver, string messageId) =>
        session
            .Prepared(
                "SELECT seen FROM inbox WHERE process_id = $receiver AND message_id = $message",
                "$receiver $message")
            .Scalar(receiver.Value, messageId)
            is long seen
            ? (MessageSeen)seen
            : null;

    /// <summary>Reads the children of a step.</summary>
    public static IReadOnlyList<ChildRow> Children(ReadSession session, ProcessId parent, int step) =>
        session
            .Prepared(
                """
                SELECT id, parent_index, state, exit_code, output, failure, finished_at FROM process
                WHERE parent = $parent AND parent_step = $step ORDER BY parent_index
                """,
                "$parent $step")
            .Query(
                static r => new ChildRow(
                    r.Id(0),
                    r.GetInt32(1),
                    (ProcessState)r.GetInt32(2),
                    r.IntOrNull(3),
                    r.BytesOrNull(4),
                    r.BytesOrNull(5),
                    r.TimeOrNull(6)),
                parent.Value,
                step);

    /// <summary>Reads a part of the history.</summary>
    public static IReadOnlyList<HistoryEntry> History(
        ReadSession session,
        ProcessId id,
        long afterVersion,
        int limit) =>
        session
            .Prepared(
                """
                SELECT version, at, events FROM history
                WHERE number = (SELECT number FROM process WHERE id = $id) AND version > $after
                ORDER BY version LIMIT $limit
                """,
                "$id $after $limit")
            .Query(
                static r => new HistoryEntry(r.GetInt64(0), r.Time(1), r.Events(2)),
                id.Value,
                afterVersion,
                limit);

    private static ProcessRow ReadRow(SqliteDataReader r) => new()
    {
        Id = r.Id(0),
        RunId = r.GetString(1),
        Type = r.GetString(2),
        DefinitionVersion = r.GetInt32(3),
        State = (ProcessState)r.GetInt32(4),
        Paused = r.GetBoolean(5),
        Incident = (IncidentCode?)r.IntOrNull(6),
        ExitCode = r.IntOrNull(7),
        StatusText = r.TextOrNull(8),
        Parent = r.IdOrNull(9),
        ParentStep = r.IntOrNull(10),
        ParentIndex = r.IntOrNull(11),
        Root = r.Id(12),
        CreatedAt = r.Time(13),
        UpdatedAt = r.Time(14),
        FinishedAt = r.TimeOrNull(15),
        DueAt = r.TimeOrNull(16),
        Owner = r.TextOrNull(17),
        Version = r.GetInt64(18),
        StartRequestId = r.GetString(19),
        Tags = r.Tags(20),
        Checkpoint = r.Bytes(21),
        Output = r.BytesOrNull(22),
        Failure = r.BytesOrNull(23),
        Input = r.Bytes(24),
        LastOperation = new Guid(r.Bytes(26)),
    };
}
