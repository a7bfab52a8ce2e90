using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Messages;

/// <summary>Messages of senders that are gone, on PostgreSQL.</summary>
public sealed class PostgresLostMessageTests() : LostMessageTest(StoreKind.Postgres);
