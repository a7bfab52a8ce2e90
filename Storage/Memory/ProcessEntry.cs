using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Storage.Memory;

/// <summary>What the memory store keeps of one process.</summary>
internal sealed class ProcessEntry(ProcessRow row)
{
    private readonly Dictionary<string, InboxMessage> _inbox = [];
    private readonly SortedDictionary<long, InboxMessage> _unseen = [];
    private readonly SortedDictionary<long, InboxMessage> _parked = [];

    /// <summary>The row.</summary>
    public ProcessRow Row { get; set; } = row;

    /// <summary>The history, by version.</summary>
    public List<HistoryEntry> History { get; } = [];

    /// <summary>The reported lines, by sequence.</summary>
    public List<ReportEntry> Reports { get; } = [];

    /// <summary>The messages, by id.</summary>
    public IReadOnlyDictionary<string, InboxMessage> Inbox => _inbox;

    /// <summary>The messages that are open, by sequence.</summary>
    public IEnumerable<InboxMessage> OpenMessages =>
        _unseen.Values.Concat(_parked.Values).OrderBy(static m => m.Sequence);

    /// <summary>The messages that are unseen, by sequence: however many others there are, they cost nothing.</summary>
    public IEnumerable<InboxMessage> UnseenMessages => _unseen.Values;

    /// <summary>What its open messages count towards the limit of an inbox.</summary>
    public long CountedBytes { get; private set; }

    /// <summary>Adds a message, unless its id is known.</summary>
    /// <param name="message">The message, unseen.</param>
    public bool TryAdd(InboxMessage message)
    {
        if (!_inbox.TryAdd(message.MessageId, message))
        {
            return false;
        }

        _unseen.Add(message.Sequence, message);
        CountedBytes += message.CountedBytes;
        return true;
    }

    /// <summary>
    /// Puts a message in the place of the one with its id, as somebody does who writes into a database by hand.
    /// </summary>
    /// <param name="message">The message, of the same sequence.</param>
    public void Replace(InboxMessage message)
    {
        _inbox[message.MessageId] = message;
        foreach (var open in new[] { _unseen, _parked })
        {
            if (open.TryGetValue(message.Sequence, out var old))
            {
                CountedBytes += message.CountedBytes - old.CountedBytes;
                open[message.Sequence] = message;
            }
        }
    }

    /// <summary>Moves a message forward, if it is there and moves.</summary>
    /// <param name="mark">The message, and to where.</param>
    public void Move(MessageMark mark)
    {
        if (
            !_inbox.TryGetValue(mark.MessageId, out var message)
            || message.Seen >= MessageSeen.Consumed
            || message.Seen >= mark.Seen)
        {
            return;
        }

        _unseen.Remove(message.Sequence);
        _parked.Remove(message.Sequence);
        CountedBytes -= mark.Seen >= MessageSeen.Consumed ? message.CountedBytes : 0;
        message = message with { Seen = mark.Seen, Payload = mark.Seen >= MessageSeen.Consumed ? [] : message.Payload };
        _inbox[mark.MessageId] = message;
        if (mark.Seen == MessageSeen.Parked)
        {
            _parked.Add(message.Sequence, message);
        }
    }
}
