using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Messages;

/// <summary>What families owe each other on SQLite.</summary>
/// <param name="stores">The clusters.</param>
public sealed class SqliteChildMessageTests(Stores stores) : ChildMessageTest(stores, StoreKind.Sqlite);
