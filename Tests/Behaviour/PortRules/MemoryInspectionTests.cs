using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.PortRules;

/// <summary>Inspection in memory.</summary>
/// <param name="stores">The clusters.</param>
public sealed class MemoryInspectionTests(Stores stores) : InspectionTest(stores, StoreKind.Memory);
