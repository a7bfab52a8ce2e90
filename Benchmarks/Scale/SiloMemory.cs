using OsProcess = System.Diagnostics.Process;

namespace Orleans.Workflows.Benchmarks.Scale;

/// <summary>What the silo's process has in memory.</summary>
/// <param name="HeapMiB">What is alive on the managed heap, after a full collection.</param>
/// <param name="ResidentMiB">What the operating system has given it.</param>
internal sealed record SiloMemory(double HeapMiB, double ResidentMiB)
{
    private const double MiB = 1_048_576;

    /// <summary>Collects all garbage and reads.</summary>
    /// <returns>The memory.</returns>
    public static SiloMemory Collected()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return Read();
    }

    /// <summary>Reads, with the garbage that is there.</summary>
    /// <returns>The memory.</returns>
    public static SiloMemory Read()
    {
        using var self = OsProcess.GetCurrentProcess();
        return new SiloMemory(GC.GetTotalMemory(forceFullCollection: false) / MiB, self.WorkingSet64 / MiB);
    }

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"heap {HeapMiB:N1} MiB, resident {ResidentMiB:N0} MiB");
}
