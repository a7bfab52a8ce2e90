using System.Text;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.StorageTests;

/// <summary>Rows, commits and messages with sensible contents.</summary>
public static class A
{
    /// <summary>The instant at which tests begin.</summary>
    public static DateTimeOffset Noon { get; } = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>A running root process of version 1.</summary>
    public static ProcessRow Row(string id) => new()
    {
        Id = ProcessId.Parse(id),
        RunId = "run-1",
        Type = "order",
        DefinitionVersion = 3,
        State = ProcessState.Running,
        Root = ProcessId.Parse(id),
        CreatedAt = Noon,
        UpdatedAt = Noon,
        Owner = "silo-1",
        Version = 1,
        StartRequestId = $"start-{id}",
        Input = "{\"amount\":12}"u8.ToArray(),
        Checkpoint = "{\"at\":\"first\"}"u8.ToArray(),
    };

    /// <summary>A process that waits, due at a time or for nothing.</summary>
    public static ProcessRow Waiting(string id, DateTimeOffset? dueAt = null) =>
        Row(id) with { State = ProcessState.Waiting, Owner = null, DueAt = dueAt };

    /// <summary>A child of a process.</summary>
    public static ProcessRow ChildOf(ProcessRow parent, int step, int index) =>
        Row(parent.Id.Child(step, index).Value) with
        {
            Parent = parent.Id,
            ParentStep = step,
            ParentIndex = index,
            Root = parent.Root,
        };

    /// <summary>The same process, ended.</summary>
    public static ProcessRow Ended(
        this ProcessRow row,
        DateTimeOffset at,
        ProcessState state = ProcessState.Finished) =>
        row with
        {
            State = state,
            ExitCode = state is ProcessState.Finished ? 0 : 10,
            FinishedAt = at,
            UpdatedAt = at,
            Owner = null,
            DueAt = null,
            Output = "{\"done\":true}"u8.ToArray(),
        };

    /// <summary>The commit that inserts a row.</summary>
    public static ProcessCommit Insert(ProcessRow row)
    {
        var operation = Guid.CreateVersion7();
        return new ProcessCommit
        {
            OperationId = operation,
            Row = row with { LastOperation = operation },
            ExpectedVersion = 0,
            History = [new HistoryEvent(HistoryKind.Created), new HistoryEvent(HistoryKind.Started, "first")],
        };
    }

    /// <summary>The commit that takes a row one version further.</summary>
    public static ProcessCommit Step(ProcessRow row)
    {
        var operation = Guid.CreateVersion7();
        return new ProcessCommit
        {
            OperationId = operation,
            Row = row with { Version = row.Version + 1, LastOperation = operation, Input = [] },
            ExpectedVersion = row.Version,
            ExpectedOperation = row.LastOperation,
            History = [new HistoryEvent(HistoryKind.StepCompleted, $"step {row.Version}")],
        };
    }

    /// <summary>A signal.</summary>
    public static InboxMessage Signal(ProcessId receiver, string messageId, string payload = "{}") => new()
    {
        Receiver = receiver,
        MessageId = messageId,
        Kind = MessageKind.Signal,
        Name = "paid",
        Payload = Encoding.UTF8.GetBytes(payload),
        SentAt = Noon,
    };

    /// <summary>A control.</summary>
    public static InboxMessage Control(ProcessId receiver, string messageId, MessageKind kind) =>
        Signal(receiver, messageId) with { Kind = kind, Name = null, Payload = [] };
}
