using Orleans.Workflows.StorageTests.Conformance;

namespace Orleans.Workflows.StorageTests.Memory;

/// <summary>The memory store keeps the contract.</summary>
public sealed class MemoryStoreTests() : ProcessStoreConformance(new MemorySource());
