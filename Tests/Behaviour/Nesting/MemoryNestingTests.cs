using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Nesting;

/// <summary>Deep nesting on the memory store.</summary>
public sealed class MemoryNestingTests() : NestingTest(StoreKind.Memory);
