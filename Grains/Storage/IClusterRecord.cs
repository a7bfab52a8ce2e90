namespace Orleans.Workflows.Grains.Storage;

/// <summary>
/// The record that a database keeps of its cluster: one database, one cluster, and one time for all its silos. Stores
/// that silos share have one; with a store of its own a silo is the whole cluster, and its machine's clock the only
/// one.
/// </summary>
public interface IClusterRecord
{
    /// <summary>Reads the record and the database's clock. The one place that does.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The reading.</returns>
    /// <exception cref="StoreUnavailableException">The database cannot be reached.</exception>
    Task<ClusterReading> ReadAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Writes how far the cluster's time is from the database's clock, unless somebody has since
    /// <paramref name="seen"/> was read.
    /// </summary>
    /// <param name="seen">The reading for which it is right.</param>
    /// <param name="correction">By how much the cluster's time is ahead.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether it was written.</returns>
    /// <exception cref="StoreUnavailableException">The database cannot be reached.</exception>
    Task<bool> CorrectAsync(ClusterReading seen, TimeSpan correction, CancellationToken cancellationToken);

    /// <summary>Makes the database that of a cluster, unless it is another's whose members live.</summary>
    /// <param name="clusterId">The id of the cluster.</param>
    /// <param name="force">Whether it is taken from members that live: they find out within seconds and end.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>
    /// The id of the cluster from which it was taken; null when it was this one's already, or nobody's.
    /// </returns>
    /// <exception cref="ClusterRefusedException">Members of another cluster live.</exception>
    /// <exception cref="StoreUnavailableException">The database cannot be reached.</exception>
    Task<string?> ClaimAsync(string clusterId, bool force, CancellationToken cancellationToken);
}
