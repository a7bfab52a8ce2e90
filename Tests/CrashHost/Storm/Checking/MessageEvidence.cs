using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.CrashHost.Storm.Checking;

/// <summary>What the database has of a message.</summary>
/// <param name="Process">The receiver.</param>
/// <param name="Item">The signal's id, as its sender gave it; another message's id as it is stored.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Seen">How far its receiver is with it.</param>
public sealed record MessageEvidence(string Process, string Item, MessageKind Kind, MessageSeen Seen);
