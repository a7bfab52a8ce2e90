using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Controls;

/// <summary>Controls by steps themselves on PostgreSQL.</summary>
/// <param name="stores">The clusters.</param>
public sealed class PostgresSelfControlTests(Stores stores) : SelfControlTest(stores, StoreKind.Postgres);
