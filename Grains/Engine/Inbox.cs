using System.Collections;
using System.Collections.Immutable;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Grains.Engine;

/// <summary>
/// The open messages of a process. What it has not taken in is apart from what it keeps until it waits for it, so that thousands of kept
/// signals cost a turn nothing. Immutable; enumerated by rising sequence.
/// </summary>
internal sealed class Inbox : IReadOnlyCollection<InboxMessage>
{
    private static readonly ImmutableSortedDictionary<long, InboxMessage> None = ImmutableSortedDictionary<long, InboxMessage>.Empty;

    private readonly ImmutableSortedDictionary<long, InboxMessage> _unseen;
    private readonly ImmutableSortedDictionary<long, InboxMessage> _keptEnds;
    private readonly ImmutableDictionary<string, ImmutableSortedDictionary<long, InboxMessage>> _keptSignals;

    private Inbox(
        ImmutableSortedDictionary<long, InboxMessage> unseen,
        ImmutableSortedDictionary<long, InboxMessage> keptEnds,
        ImmutableDictionary<string, ImmutableSortedDictionary<long, InboxMessage>> keptSignals,
        int count)
    {
        _unseen = unseen;
        _keptEnds = keptEnds;
        _keptSignals = keptSignals;
        Count = count;
    }

    /// <summary>No messages.</summary>
    public static Inbox Empty { get; } = new(None, None, ImmutableDictionary<string, ImmutableSortedDictionary<long, InboxMessage>>.Empty, 0);

    /// <summary>How many there are.</summary>
    public int Count { get; }

    /// <summary>Those that the process has not taken in, by rising sequence.</summary>
    public IEnumerable<InboxMessage> Unseen => _unseen.Values;

    /// <summary>The ends of children, by rising sequence.</summary>
    public IEnumerable<InboxMessage> ChildEnds =>
        _keptEnds.Values.Concat(Unseen.Where(static message => message.Kind == MessageKind.ChildEnded)).OrderBy(static message => message.Sequence);

    /// <summary>Makes an inbox of what the store has.</summary>
    /// <param name="messages">The messages, unseen or parked.</param>
    /// <returns>The inbox.</returns>
    public static Inbox Of(IEnumerable<InboxMessage> messages) => messages.Aggregate(Empty, static (inbox, message) => inbox.Add(message));

    /// <summary>The first signal of a name, kept or unseen.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The signal; null when there is none.</returns>
    public InboxMessage? FirstSignal(string? name)
    {
        var kept = name is not null && _keptSignals.TryGetValue(name, out var signals) ? signals.First().Value : null;
        var unseen = Unseen.FirstOrDefault(message => message.Kind == MessageKind.Signal && message.Name == name);
        return kept is null || unseen?.Sequence < kept.Sequence ? unseen : kept;
    }

    /// <summary>Whether a message is in it.</summary>
    /// <param name="message">The message.</param>
    /// <returns>Whether it is, as whatever.</returns>
    public bool Contains(InboxMessage message) =>
        _unseen.ContainsKey(message.Sequence)
        || _keptEnds.ContainsKey(message.Sequence)
        || (message is { Kind: MessageKind.Signal, Name: { } name } && _keptSignals.TryGetValue(name, out var signals) && signals.ContainsKey(message.Sequence));

    /// <summary>Adds a message that is not in it.</summary>
    /// <param name="message">The message, unseen or parked.</param>
    /// <returns>The inbox with it.</returns>
    public Inbox Add(InboxMessage message) => message switch
    {
        { Seen: MessageSeen.Unseen } => new Inbox(_unseen.Add(message.Sequence, message), _keptEnds, _keptSignals, Count + 1),
        { Kind: MessageKind.ChildEnded } => new Inbox(_unseen, _keptEnds.Add(message.Sequence, message), _keptSignals, Count + 1),
        _ => WithSignals(message.Name ?? "", SignalsOf(message).Add(message.Sequence, message), Count + 1),
    };

    /// <summary>Removes a message.</summary>
    /// <param name="message">The message.</param>
    /// <returns>The inbox without it.</returns>
    public Inbox Remove(InboxMessage message) =>
        _unseen.ContainsKey(message.Sequence) ? new Inbox(_unseen.Remove(message.Sequence), _keptEnds, _keptSignals, Count - 1)
        : _keptEnds.ContainsKey(message.Sequence) ? new Inbox(_unseen, _keptEnds.Remove(message.Sequence), _keptSignals, Count - 1)
        : WithSignals(message.Name ?? "", SignalsOf(message).Remove(message.Sequence), Count - 1);

    /// <inheritdoc/>
    public IEnumerator<InboxMessage> GetEnumerator() =>
        Unseen.Concat(_keptEnds.Values).Concat(_keptSignals.Values.SelectMany(static signals => signals.Values)).OrderBy(static message => message.Sequence).GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private ImmutableSortedDictionary<long, InboxMessage> SignalsOf(InboxMessage message) => _keptSignals.GetValueOrDefault(message.Name ?? "", None);

    private Inbox WithSignals(string name, ImmutableSortedDictionary<long, InboxMessage> signals, int count) =>
        new(_unseen, _keptEnds, signals.IsEmpty ? _keptSignals.Remove(name) : _keptSignals.SetItem(name, signals), count);
}
