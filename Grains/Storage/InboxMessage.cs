using Orleans.Workflows.Abstractions;

namespace Orleans.Workflows.Grains.Storage;

/// <summary>What one party owes a process.</summary>
public sealed record InboxMessage
{
    /// <summary>The process that it is for.</summary>
    public required ProcessId Receiver { get; init; }

    /// <summary>
    /// Its id, unique among the receiver's messages for as long as the receiver exists. 1 to 1,200 characters.
    /// </summary>
    public required string MessageId { get; init; }

    /// <summary>The order among the receiver's messages; given by the store, 0 before.</summary>
    public long Sequence { get; init; }

    /// <summary>What it is.</summary>
    public required MessageKind Kind { get; init; }

    /// <summary>The signal's name; a control's text; for an ended child <c>{step}.{index}</c>.</summary>
    public string? Name { get; init; }

    /// <summary>
    /// The process that sent it. Of a client: the call that sent it, where other calls can have the same message id;
    /// else null.
    /// </summary>
    public ProcessId? Sender { get; init; }

    /// <summary>The payload; empty when there is none, and once it was consumed or refused.</summary>
    public byte[] Payload { get; init; } = [];

    /// <summary>When it was sent.</summary>
    public required DateTimeOffset SentAt { get; init; }

    /// <summary>How far the receiver is with it.</summary>
    public MessageSeen Seen { get; init; }

    /// <summary>
    /// What it counts towards <see cref="WorkflowLimits.MaxInboxBytes"/> while it is open. Only signals gather:
    /// controls are few and small, or taken in at once, and what the engine itself sends is never refused.
    /// </summary>
    public long CountedBytes =>
        Kind == MessageKind.Signal ? Payload.Length + (long)WorkflowLimits.SignalOverheadBytes : 0;

    /// <summary>Whether it is too much for an inbox.</summary>
    /// <param name="counted">What the open messages count.</param>
    /// <param name="isFirst">Tells whether none of them is a signal of its name. Only asked when that matters.</param>
    /// <returns>Whether it is; never for what counts nothing.</returns>
    public bool IsTooMuch(long counted, Func<bool> isFirst) =>
        CountedBytes > 0 && counted + CountedBytes > WorkflowLimits.MaxInboxBytes
        && (counted + CountedBytes > WorkflowLimits.MaxInboxBytes + WorkflowLimits.InboxReserveBytes || !isFirst());

    /// <summary>
    /// What became of it when a message with its id is there: that may be itself, stored by an earlier try of the same
    /// call.
    /// </summary>
    /// <param name="sender">The sender of the one that is there.</param>
    /// <returns>Stored or Duplicate.</returns>
    public MessageStatus StatusBeside(string? sender) =>
        Sender is { } own && own.Value == sender ? MessageStatus.Stored : MessageStatus.Duplicate;
}
