namespace Orleans.Workflows.Grains.Supervision;

/// <summary>What becomes of the silos that rows name as their owners.</summary>
internal static class Owners
{
    /// <summary>Finds the status of an owner.</summary>
    /// <param name="membership">The cluster.</param>
    /// <param name="owner">The silo, as it is stored.</param>
    /// <returns>Its status; None for one that nobody knows, and for what is no silo at all.</returns>
    public static SiloStatus StatusOf(IClusterMembershipService membership, string owner)
    {
        try
        {
            return membership.CurrentSnapshot.GetSiloStatus(SiloAddress.FromParsableString(owner));
        }
        catch (Exception e)
            when (e is FormatException or ArgumentException or OverflowException or IndexOutOfRangeException)
        {
            // A row that was damaged must not keep the processes of other silos from being taken over.
            return SiloStatus.None;
        }
    }
}
