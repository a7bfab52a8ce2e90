namespace Orleans.Workflows.Cluster.Sweeps;

/// <summary>What an errand has in it.</summary>
public sealed record ErrandInput(int Parcels = 0, bool Busy = false, bool Asks = false, bool Fails = false);
