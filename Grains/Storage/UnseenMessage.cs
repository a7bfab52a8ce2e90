using Orleans.Workflows.Abstractions;

namespace Orleans.Workflows.Grains.Storage;

/// <summary>A message that its receiver has not taken in.</summary>
/// <param name="Receiver">The receiver.</param>
/// <param name="Sequence">The message's sequence; also the place where the scan goes on.</param>
/// <param name="Kind">What it is.</param>
/// <param name="SentAt">When it was sent.</param>
/// <param name="Bytes">How many bytes of payload there are to load with the receiver.</param>
public sealed record UnseenMessage(ProcessId Receiver, long Sequence, MessageKind Kind, DateTimeOffset SentAt, long Bytes = 0);
