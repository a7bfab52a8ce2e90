using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Messages;

/// <summary>Messages of senders that are gone, on SQLite.</summary>
public sealed class SqliteLostMessageTests() : LostMessageTest(StoreKind.Sqlite);
