using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Storage.Memory;
using Orleans.Workflows.StorageTests.Conformance;

namespace Orleans.Workflows.StorageTests.Memory;

/// <summary>Stores in memory.</summary>
public sealed class MemorySource : StoreSource
{
    /// <inheritdoc/>
    public override IProcessStore Create() => new MemoryProcessStore();
}
