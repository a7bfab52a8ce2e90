namespace Orleans.Workflows.Grains.Storage;

/// <summary>A step that a receiver makes with one of its messages. A message only moves forward.</summary>
/// <param name="MessageId">The message.</param>
/// <param name="Seen">Parked, Consumed or Refused.</param>
public readonly record struct MessageMark(string MessageId, MessageSeen Seen);
