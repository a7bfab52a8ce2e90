using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Messages;

/// <summary>What families owe each other on PostgreSQL.</summary>
/// <param name="stores">The clusters.</param>
public sealed class PostgresChildMessageTests(Stores stores) : ChildMessageTest(stores, StoreKind.Postgres);
