using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Storage.Memory;

/// <summary>What the memory store keeps of one process.</summary>
/// <param name="row">The row.</param>
/// <param name="operation">The commit that wrote it.</param>
internal sealed class ProcessEntry(ProcessRow row, Guid operation)
{
    /// <summary>The row.</summary>
    public ProcessRow Row { get; set; } = row;

    /// <summary>The commit that wrote it last.</summary>
    public Guid LastOperation { get; set; } = operation;

    /// <summary>The history, by version.</summary>
    public List<HistoryEntry> History { get; } = [];

    /// <summary>The reported lines, by sequence.</summary>
    public List<ReportEntry> Reports { get; } = [];

    /// <summary>The messages, by id.</summary>
    public Dictionary<string, InboxMessage> Inbox { get; } = [];

    /// <summary>The messages that are open, by sequence.</summary>
    public IEnumerable<InboxMessage> OpenMessages => Inbox.Values.Where(static m => m.Seen < MessageSeen.Consumed).OrderBy(static m => m.Sequence);
}
