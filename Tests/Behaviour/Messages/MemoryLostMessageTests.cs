using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Messages;

/// <summary>Messages of senders that are gone, in memory.</summary>
public sealed class MemoryLostMessageTests() : LostMessageTest(StoreKind.Memory);
