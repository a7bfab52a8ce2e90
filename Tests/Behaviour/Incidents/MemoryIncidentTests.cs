using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Incidents;

/// <summary>Incidents in memory.</summary>
/// <param name="stores">The clusters.</param>
public sealed class MemoryIncidentTests(Stores stores) : IncidentTest(stores, StoreKind.Memory);
