namespace Orleans.Workflows.Grains.Storage;

/// <summary>A process as an activation finds it.</summary>
/// <param name="Row">Its row.</param>
/// <param name="Inbox">Its messages that are unseen or parked, by rising sequence.</param>
public sealed record LoadedProcess(ProcessRow Row, IReadOnlyList<InboxMessage> Inbox)
{
    /// <summary>Whether the history has the row's last commit.</summary>
    /// <value>Default: true.</value>
    public bool HasLastHistory { get; init; } = true;
}
