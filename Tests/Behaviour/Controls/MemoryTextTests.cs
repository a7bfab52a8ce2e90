using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Controls;

/// <summary>Texts of controls in memory.</summary>
/// <param name="stores">The clusters.</param>
public sealed class MemoryTextTests(Stores stores) : TextTest(stores, StoreKind.Memory);
