using Microsoft.Data.Sqlite;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Storage.Sqlite;

/// <summary>The statements that write inboxes.</summary>
internal sealed class InboxStatements(SqliteConnection connection) : IDisposable
{
    private readonly Statement _insert = new(
        connection,
        """
        INSERT INTO inbox (process_id, message_id, slice, kind, name, sender, sent_at, payload)
        SELECT id, $message, slice, $kind, $name, $sender, $sent, $payload FROM process
        WHERE id = $receiver AND state < 3
        ON CONFLICT (process_id, message_id) DO NOTHING
        """,
        "$receiver $message $kind $name $sender $sent $payload");

    private readonly InboxBudgets _budgets = new();

    private readonly Statement _toChildren = new(
        connection,
        """
        INSERT INTO inbox (process_id, message_id, slice, kind, name, sender, sent_at, payload)
        SELECT id, $message, slice, $kind, $name, $sender, $sent, $payload FROM process
        WHERE parent = $parent AND state < 3
        ORDER BY parent_step, parent_index
        ON CONFLICT (process_id, message_id) DO NOTHING RETURNING process_id
        """,
        "$parent $message $kind $name $sender $sent $payload");

    private readonly Statement _mark = new(
        connection,
        """
        UPDATE inbox SET seen = $seen, payload = CASE WHEN $seen >= 2 THEN x'' ELSE payload END
        WHERE process_id = $receiver AND message_id = $message AND seen < 2 AND seen < $seen
        """,
        "$seen $receiver $message");

    private readonly Statement _close = new(
        connection, "UPDATE inbox SET seen = 3, payload = x'' WHERE process_id = $receiver AND seen < 2", "$receiver");

    private readonly Statement _receiver = new(
        connection,
        "SELECT state, paused, type FROM process WHERE id = $receiver",
        "$receiver");

    private readonly Statement _counted = new(
        connection,
        $"SELECT sum(length(payload) + {WorkflowLimits.SignalOverheadBytes}) FROM inbox WHERE process_id = $receiver "
        + "AND seen < 2 AND kind = 1",
        "$receiver");

    private readonly Statement _sameName = new(
        connection,
        "SELECT 1 FROM inbox WHERE process_id = $receiver AND seen < 2 AND kind = 1 AND name = $name LIMIT 1",
        "$receiver $name");

    private readonly Statement _stored = new(
        connection,
        "SELECT seq, sender FROM inbox WHERE process_id = $receiver AND message_id = $message",
        "$receiver $message");

    private readonly Statement _controls = new(
        connection,
        "SELECT kind FROM inbox WHERE process_id = $receiver AND seen < 2 AND seen = 0"
        + $" AND kind NOT IN ({MessageKinds.KeptNumbers}) AND seq < $before ORDER BY seq",
        "$receiver $before");

    // Dedupe (decision 3): an id is a message's for as long as its receiver's row exists. A call that is made again,
    // because its answer was lost, adds nothing.

    /// <summary>Inserts a message, unless its receiver is missing or has ended, or its id is known.</summary>
    public bool Insert(InboxMessage message) =>
        _insert.Execute(
            message.Receiver.Value,
            message.MessageId,
            (int)message.Kind,
            message.Name,
            message.Sender?.Value,
            message.SentAt.ToColumn(),
            message.Payload) > 0;

    /// <summary>Inserts a message for each child that lives.</summary>
    /// <returns>The children that had none with its id.</returns>
    public IReadOnlyList<ProcessId> ToChildren(ProcessId parent, InboxMessage message) =>
        _toChildren.Query(
            static r => r.Id(0),
            parent.Value,
            message.MessageId,
            (int)message.Kind,
            message.Name,
            message.Sender?.Value,
            message.SentAt.ToColumn(),
            message.Payload);

    /// <summary>Moves a message forward.</summary>
    /// <param name="receiver">The receiver.</param>
    /// <param name="mark">The message, and to where.</param>
    public void Mark(ProcessId receiver, MessageMark mark) =>
        _mark.Execute((int)mark.Seen, receiver.Value, mark.MessageId);

    /// <summary>Refuses all messages that are open.</summary>
    public void Close(ProcessId receiver) => _close.Execute(receiver.Value);

    /// <summary>Inserts a client's message and says what became of it.</summary>
    public SendResult Send(InboxMessage message)
    {
        var receiver = message.Receiver.Value;
        if (
            _receiver.Query(static r => ((ProcessState)r.GetInt32(0), r.GetBoolean(1), r.GetString(2)), receiver)
            is not [var (state, paused, type)])
        {
            return new SendResult { Status = MessageStatus.NotFound };
        }

        var isFull =
            !state.IsTerminal()
            && !_budgets.Covers(message)
            && message.IsTooMuch(Measure(message), () => _sameName.Scalar(receiver, message.Name) is null);
        var result = new SendResult
        {
            Status = isFull ? MessageStatus.Refused : MessageStatus.Terminal,
            Type = type,
            State = state,
            Paused = paused,
        };
        var inserted = !isFull && Insert(message);
        var stored = _stored.Query(
            static r => (r.GetInt64(0), r.IsDBNull(1) ? null : r.GetString(1)),
            receiver,
            message.MessageId);
        return stored is not [var (sequence, sender)]
            ? result
            : result with
            {
                Status = inserted ? MessageStatus.Stored : message.StatusBeside(sender),
                UnseenControls = _controls.Query(static r => (MessageKind)r.GetInt32(0), receiver, sequence),
            };
    }

    private long Measure(InboxMessage message)
    {
        var counted = _counted.Scalar(message.Receiver.Value) as long? ?? 0;
        _budgets.Measured(message, counted);
        return counted;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (
            var statement in (Statement[])
                [_insert, _toChildren, _mark, _close, _receiver, _counted, _sameName, _stored, _controls])
        {
            statement.Dispose();
        }
    }
}
