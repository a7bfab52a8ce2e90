using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Storage.Memory;

/// <summary>The memory store's processes and what commits do to them. Not for several threads at a time.</summary>
internal sealed class ProcessTable
{
    private readonly Dictionary<ProcessId, ProcessEntry> _entries = [];
    private long _sequence;
    private long _reportSequence;

    /// <summary>The processes, in no order.</summary>
    public IEnumerable<ProcessEntry> Entries => _entries.Values;

    /// <summary>Finds a process.</summary>
    /// <returns>The process; null when there is none.</returns>
    public ProcessEntry? Find(ProcessId id) => _entries.GetValueOrDefault(id);

    /// <summary>Removes a process.</summary>
    public bool Remove(ProcessId id) => _entries.Remove(id);

    /// <summary>Finds a process with its descendants.</summary>
    /// <returns>The ids; only the given one when there is no such process.</returns>
    public IReadOnlyCollection<ProcessId> TreeOf(ProcessId id)
    {
        var children = _entries.Values.ToLookup(static e => e.Row.Parent, static e => e.Row.Id);
        var tree = new List<ProcessId> { id };
        for (var next = 0; next < tree.Count; next++)
        {
            tree.AddRange(children[tree[next]]);
        }

        return tree;
    }

    /// <summary>Writes a commit: all of it or nothing.</summary>
    public CommitResult Commit(ProcessCommit commit)
    {
        var entry = Find(commit.Row.Id);
        if (entry?.Row.LastOperation == commit.OperationId)
        {
            return CommitResult.Done;
        }

        if (commit.ExpectedVersion == 0 ? entry is not null : !IsExpected(entry?.Row, commit))
        {
            return CommitResult.Failed(
                commit.ExpectedVersion == 0 ? CommitStatus.AlreadyExists : CommitStatus.Conflict);
        }

        if (
            commit.Children.FirstOrDefault(c =>
                Find(c.Id) is { } taken && taken.Row.StartRequestId != c.StartRequestId) is
            { } child)
        {
            return CommitResult.Failed(CommitStatus.ChildExists) with { Child = child.Id };
        }

        if (RowRules.FaultOf(commit) is { } fault)
        {
            return CommitResult.Failed(CommitStatus.Rejected, fault);
        }

        return Write(entry, commit);
    }

    /// <summary>Inserts a client's message.</summary>
    public SendResult Send(InboxMessage message)
    {
        if (Find(message.Receiver) is not { } receiver)
        {
            return new SendResult { Status = MessageStatus.NotFound };
        }

        var isFull =
            !receiver.Row.State.IsTerminal()
            && message.IsTooMuch(receiver.CountedBytes, () =>
                !receiver.OpenMessages.Any(m => m.Kind == MessageKind.Signal && m.Name == message.Name));
        var stored = !isFull && Insert(message);
        var result = new SendResult
        {
            Status = isFull ? MessageStatus.Refused : MessageStatus.Terminal,
            Type = receiver.Row.Type,
            State = receiver.Row.State,
            Paused = receiver.Row.Paused,
        };
        return receiver.Inbox.TryGetValue(message.MessageId, out var found)
            ? result with
            {
                Status = stored ? MessageStatus.Stored : message.StatusBeside(found.Sender?.Value),
                UnseenControls =
                [
                    .. receiver.UnseenMessages
                        .Where(m => m.Sequence < found.Sequence && !m.Kind.IsKept())
                        .Select(static m => m.Kind),
                ],
            }
            : result;
    }

    /// <summary>Deletes trees whose members have all ended before a time.</summary>
    public int Purge(DateTimeOffset before, int limit)
    {
        var trees = _entries.Values.Select(static e => e.Row).GroupBy(static r => r.Root)
            .Where(tree => tree.All(r => r.State.IsTerminal() && r.FinishedAt < before))
            .OrderBy(static tree => tree.FirstOrDefault(r => r.Id == tree.Key)?.FinishedAt)
            .ThenBy(static tree => tree.Key)
            .Take(limit)
            .ToList();
        return trees.Sum(tree => tree.Count(r => Remove(r.Id)));
    }

    private CommitResult Write(ProcessEntry? entry, ProcessCommit commit)
    {
        if (entry is null)
        {
            Add(commit.Row, commit.OperationId, commit.History);
        }
        else
        {
            var old = entry.Row;
            entry.Row = Stored(commit.Row, commit.OperationId) with
            {
                Input = old.Input,
                Output = old.Output ?? commit.Row.Output,
                CreatedAt = old.CreatedAt,
            };
            entry.History.Add(new HistoryEntry(entry.Row.Version, entry.Row.UpdatedAt, commit.History));
        }

        Report(_entries[commit.Row.Id], commit.Reports);
        foreach (var child in commit.Children.Where(c => !_entries.ContainsKey(c.Id)))
        {
            Add(child, commit.OperationId, FirstHistory.Of(child));
        }

        TakeIn(_entries[commit.Row.Id], commit);
        foreach (var message in commit.Messages)
        {
            Insert(message);
        }

        return commit.ToChildren.Count > 0
            ? CommitResult.Done with
            {
                Told = Tell(commit.Row.Id, commit.ToChildren),
            }
            : CommitResult.Done;
    }

    private void Report(ProcessEntry entry, IReadOnlyList<ReportLine> lines) =>
        entry.Reports.AddRange(
            lines.Select(line => new ReportEntry
            {
                Sequence = ++_reportSequence,
                ProcessId = entry.Row.Id,
                At = StoredTime.Cut(line.At),
                Level = line.Level,
                Position = line.Position,
                Attempt = line.Attempt,
                Text = line.Text,
            }));

    private static void TakeIn(ProcessEntry entry, ProcessCommit commit)
    {
        foreach (var mark in commit.Marks)
        {
            entry.Move(mark);
        }

        foreach (var open in commit.CloseInbox ? entry.OpenMessages.ToList() : [])
        {
            entry.Move(new MessageMark(open.MessageId, MessageSeen.Refused));
        }
    }

    private List<ProcessId> Tell(ProcessId parent, IReadOnlyList<InboxMessage> messages) =>
    [
        .. _entries
            .Values.Select(static e => e.Row)
            .Where(r => r.Parent == parent)
            .OrderBy(static r => r.ParentStep)
            .ThenBy(static r => r.ParentIndex)
            .Select(static r => r.Id)
            .ToList()
            .Where(child =>
                messages.Select(message => Insert(message with { Receiver = child })).ToList().Contains(true)),
    ];

    private bool Insert(InboxMessage message) =>
        Find(message.Receiver) is { } receiver
        && !receiver.Row.State.IsTerminal()
        && receiver.TryAdd(
            message with
            {
                Sequence = ++_sequence,
                Seen = MessageSeen.Unseen,
                SentAt = StoredTime.Cut(message.SentAt),
            });

    private void Add(ProcessRow row, Guid operation, IReadOnlyList<HistoryEvent> history)
    {
        var entry = new ProcessEntry(Stored(row, operation));
        entry.History.Add(new HistoryEntry(entry.Row.Version, entry.Row.UpdatedAt, history));
        _entries.Add(row.Id, entry);
    }

    // Fence (decision 2).
    private static bool IsExpected(ProcessRow? row, ProcessCommit commit) =>
        row?.Version == commit.ExpectedVersion
        && row.LastOperation == commit.ExpectedOperation
        && row.RunId == commit.Row.RunId;

    private static ProcessRow Stored(ProcessRow row, Guid operation) => row with
    {
        LastOperation = operation,
        CreatedAt = StoredTime.Cut(row.CreatedAt),
        UpdatedAt = StoredTime.Cut(row.UpdatedAt),
        FinishedAt = row.FinishedAt is { } finished ? StoredTime.Cut(finished) : null,
        DueAt = row.DueAt is { } due ? StoredTime.Cut(due) : null,
    };
}
