using Orleans.Workflows.Storage.GroupCommit;

namespace Orleans.Workflows.StorageTests.GroupCommit;

/// <summary>An error of the fake database.</summary>
/// <param name="fault">What it means.</param>
/// <param name="applied">
/// For a lost connection during the commit: whether the commit took effect; null when it was lost before.
/// </param>
internal sealed class FakeFaultException(WriteFault fault, bool? applied = null) : Exception($"scripted {fault}")
{
    /// <summary>What it means.</summary>
    public WriteFault Fault { get; } = fault;

    /// <summary>Whether the commit took effect; null when the fault came before it.</summary>
    public bool? Applied { get; } = applied;
}
