namespace Orleans.Workflows.Grains.Storage;

/// <summary>A message that its receiver has not taken in.</summary>
/// <param name="Receiver">The receiver.</param>
/// <param name="Sequence">The message's sequence; also the place where the scan goes on.</param>
/// <param name="Kind">What it is.</param>
/// <param name="SentAt">When it was sent.</param>
/// <param name="Bytes">How many bytes the receiver itself has to load.</param>
/// <param name="PayloadBytes">How many bytes the message adds to them.</param>
public sealed record UnseenMessage(
    ProcessId Receiver, long Sequence, MessageKind Kind, DateTimeOffset SentAt, long Bytes = 0, long PayloadBytes = 0);
