namespace Orleans.Workflows.Testing;

/// <summary>Where a silo was cut off from the store.</summary>
/// <param name="Access">The number of the access of the process's tree, 1 for the first.</param>
/// <param name="Mode">How it was cut off.</param>
public sealed record CrashPoint(int Access, CutOffMode Mode)
{
    /// <summary>Names the point.</summary>
    /// <returns>The access and the mode.</returns>
    public override string ToString() => $"access {Access}, {Mode}";
}
