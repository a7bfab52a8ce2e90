namespace Orleans.Workflows.Grains.Storage;

/// <summary>Everything that one turn of a process writes: all of it or nothing.</summary>
public sealed record ProcessCommit
{
    /// <summary>
    /// Names this commit, so that a lost reply can be judged by reading the row: its last operation is this one, or it
    /// is not.
    /// </summary>
    public required Guid OperationId { get; init; }

    /// <summary>
    /// The row as it is after the commit. Its version is one more than <see cref="ExpectedVersion"/>.
    /// </summary>
    public required ProcessRow Row { get; init; }

    /// <summary>The version that the row must have; 0 to insert it.</summary>
    public required long ExpectedVersion { get; init; }

    /// <summary>
    /// The operation that must have written the row last: a database that fell back may have the version once more,
    /// with another history. Not looked at when the row is inserted.
    /// </summary>
    public Guid ExpectedOperation { get; init; }

    /// <summary>What happened: one history row. At least one event.</summary>
    public required IReadOnlyList<HistoryEvent> History { get; init; }

    /// <summary>Lines that the process reports, in order.</summary>
    public IReadOnlyList<ReportLine> Reports { get; init; } = [];

    /// <summary>The process's own messages that are taken in.</summary>
    public IReadOnlyList<MessageMark> Marks { get; init; } = [];

    /// <summary>
    /// Whether every message that is not yet consumed or refused becomes refused: the process ends here.
    /// </summary>
    public bool CloseInbox { get; init; }

    /// <summary>
    /// Children to insert. One that exists with the same start request id is left as it is; one that exists with
    /// another makes the whole commit fail as <see cref="CommitStatus.ChildExists"/>.
    /// </summary>
    public IReadOnlyList<ProcessRow> Children { get; init; } = [];

    /// <summary>
    /// Messages to other processes. One to a missing or terminal receiver, or with a known id, is left out silently.
    /// </summary>
    public IReadOnlyList<InboxMessage> Messages { get; init; } = [];

    /// <summary>
    /// Messages to every child that has not ended, in this order: id, kind, name, payload and sender serve for each
    /// child, the receiver is replaced. One whose id a child knows is left out there silently.
    /// </summary>
    public IReadOnlyList<InboxMessage> ToChildren { get; init; } = [];
}
