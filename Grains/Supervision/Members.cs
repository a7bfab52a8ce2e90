namespace Orleans.Workflows.Grains.Supervision;

/// <summary>What the membership says of the silos.</summary>
internal static class Members
{
    /// <summary>The silos that are Active, in no order.</summary>
    public static IEnumerable<SiloAddress> ActiveOf(IClusterMembershipService membership) =>
        membership
            .CurrentSnapshot.Members.Values.Where(static member => member.Status == SiloStatus.Active)
            .Select(static member => member.SiloAddress);

    /// <summary>
    /// The status of a silo that a row names as its owner; None for one that nobody knows, and for what is no silo at
    /// all.
    /// </summary>
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
