using System.Collections;
using System.Collections.Immutable;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Grains.Engine;

/// <summary>
/// The open messages of a process. What it has not taken in is apart from what it keeps until it waits for it, so that
/// thousands of kept signals cost a turn nothing. Immutable; enumerated by rising sequence.
/// </summary>
/// <remarks>
/// A message is known by its id alone. The sequence is only its place: a database that fell back gives the same one to
/// another message.
/// </remarks>
internal sealed class Inbox : IReadOnlyCollection<InboxMessage>
{
    private static readonly ImmutableSortedDictionary<Place, InboxMessage> None = ImmutableSortedDictionary<
        Place,
        InboxMessage
    >.Empty;

    private readonly ImmutableDictionary<string, InboxMessage> _byId;
    private readonly ImmutableSortedDictionary<Place, InboxMessage> _unseen;
    private readonly ImmutableSortedDictionary<Place, InboxMessage> _keptEnds;
    private readonly ImmutableDictionary<string, ImmutableSortedDictionary<Place, InboxMessage>> _keptSignals;

    private Inbox(
        ImmutableDictionary<string, InboxMessage> byId,
        ImmutableSortedDictionary<Place, InboxMessage> unseen,
        ImmutableSortedDictionary<Place, InboxMessage> keptEnds,
        ImmutableDictionary<string, ImmutableSortedDictionary<Place, InboxMessage>> keptSignals)
    {
        _byId = byId;
        _unseen = unseen;
        _keptEnds = keptEnds;
        _keptSignals = keptSignals;
    }

    /// <summary>No messages.</summary>
    public static Inbox Empty { get; } =
        new(
            ImmutableDictionary.Create<string, InboxMessage>(StringComparer.Ordinal),
            None,
            None,
            ImmutableDictionary<string, ImmutableSortedDictionary<Place, InboxMessage>>.Empty);

    /// <summary>How many there are.</summary>
    public int Count => _byId.Count;

    /// <summary>Those that the process has not taken in, by rising sequence.</summary>
    public IEnumerable<InboxMessage> Unseen => _unseen.IsEmpty ? [] : _unseen.Values;

    /// <summary>The ends of children, by rising sequence.</summary>
    public IEnumerable<InboxMessage> ChildEnds =>
        _keptEnds
            .Values.Concat(Unseen.Where(static message => message.Kind == MessageKind.ChildEnded))
            .OrderBy(static message => message.Sequence);

    /// <summary>Makes an inbox of what the store has.</summary>
    /// <param name="messages">The messages, unseen or parked.</param>
    public static Inbox Of(IEnumerable<InboxMessage> messages) =>
        messages.Aggregate(Empty, static (inbox, message) => inbox.Add(message));

    /// <summary>The first signal of a name, kept or unseen.</summary>
    /// <returns>The signal; null when there is none.</returns>
    public InboxMessage? FirstSignal(string? name)
    {
        var kept = name is not null && _keptSignals.TryGetValue(name, out var signals) ? signals.First().Value : null;
        var unseen = Unseen.FirstOrDefault(message => message.Kind == MessageKind.Signal && message.Name == name);
        return kept is null || unseen?.Sequence < kept.Sequence ? unseen : kept;
    }

    /// <summary>Finds a message by its id.</summary>
    public InboxMessage? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>Whether a message is in it.</summary>
    /// <returns>Whether one with its id is, as whatever.</returns>
    public bool Contains(InboxMessage message) => _byId.ContainsKey(message.MessageId);

    /// <summary>Adds a message that is not in it.</summary>
    /// <param name="message">The message, unseen or parked.</param>
    public Inbox Add(InboxMessage message)
    {
        var (byId, place) = (_byId.Add(message.MessageId, message), Place.Of(message));
        return message switch
        {
            { Seen: MessageSeen.Unseen } => new Inbox(byId, _unseen.Add(place, message), _keptEnds, _keptSignals),
            { Kind: MessageKind.ChildEnded } => new Inbox(byId, _unseen, _keptEnds.Add(place, message), _keptSignals),

            // Of what is kept, all but ends of children is found by the name that a wait asks for.
            _ => WithSignals(byId, message.Name ?? "", SignalsOf(message).Add(place, message)),
        };
    }

    /// <summary>Removes a message.</summary>
    /// <param name="message">The message, as it is in the inbox.</param>
    public Inbox Remove(InboxMessage message)
    {
        var (byId, place) = (_byId.Remove(message.MessageId), Place.Of(message));
        return _unseen.ContainsKey(place) ? new Inbox(byId, _unseen.Remove(place), _keptEnds, _keptSignals)
            : _keptEnds.ContainsKey(place) ? new Inbox(byId, _unseen, _keptEnds.Remove(place), _keptSignals)
            : WithSignals(byId, message.Name ?? "", SignalsOf(message).Remove(place));
    }

    /// <inheritdoc/>
    public IEnumerator<InboxMessage> GetEnumerator() =>
        Unseen
            .Concat(_keptEnds.Values)
            .Concat(_keptSignals.Values.SelectMany(static signals => signals.Values))
            .OrderBy(static message => message.Sequence)
            .GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private ImmutableSortedDictionary<Place, InboxMessage> SignalsOf(InboxMessage message) =>
        _keptSignals.GetValueOrDefault(message.Name ?? "", None);

    private Inbox WithSignals(
        ImmutableDictionary<string, InboxMessage> byId,
        string name,
        ImmutableSortedDictionary<Place, InboxMessage> signals) =>
        new(
            byId,
            _unseen,
            _keptEnds,
            signals.IsEmpty ? _keptSignals.Remove(name) : _keptSignals.SetItem(name, signals));

    /// <summary>Where a message stands among the others.</summary>
    private readonly record struct Place(long Sequence, string Id) : IComparable<Place>
    {
        /// <summary>The place of a message.</summary>
        public static Place Of(InboxMessage message) => new(message.Sequence, message.MessageId);

        /// <inheritdoc/>
        public int CompareTo(Place other) =>
            Sequence == other.Sequence ? string.CompareOrdinal(Id, other.Id) : Sequence.CompareTo(other.Sequence);
    }
}
