using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Hooks;

/// <summary>Hooks that fail on SQLite.</summary>
/// <param name="stores">The clusters.</param>
public sealed class SqliteHookFaultTests(Stores stores) : HookFaultTest(stores, StoreKind.Sqlite);
