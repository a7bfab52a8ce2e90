namespace Orleans.Workflows.Grains.Supervision;

/// <summary>What the membership says of the owner of a row.</summary>
internal static class OwnerStatus
{
    /// <summary>Finds the status of a silo.</summary>
    /// <param name="membership">The membership.</param>
    /// <param name="owner">The silo, as rows name it.</param>
    /// <returns>Its status; None for one that nobody knows, and for what is no address: one row that is spoilt must not hold up the rest.</returns>
    public static SiloStatus StatusOf(this IClusterMembershipService membership, string owner) =>
        SiloAddress.TryParse(owner, provider: null, out var silo) ? membership.CurrentSnapshot.GetSiloStatus(silo) : SiloStatus.None;
}
