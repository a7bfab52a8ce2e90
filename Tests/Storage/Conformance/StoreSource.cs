using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.StorageTests.Conformance;

/// <summary>Makes the stores that a suite runs on.</summary>
public abstract class StoreSource
{
    /// <summary>Makes a store on a database of its own.</summary>
    /// <returns>The store, not initialized.</returns>
    public abstract IProcessStore Create();

    /// <summary>Deletes what the stores left behind.</summary>
    public virtual void Delete()
    {
    }
}
