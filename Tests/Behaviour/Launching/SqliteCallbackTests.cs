using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Launching;

/// <summary>Callbacks on SQLite.</summary>
/// <param name="stores">The clusters.</param>
public sealed class SqliteCallbackTests(Stores stores) : CallbackTest(stores, StoreKind.Sqlite);
