using Npgsql;

namespace Orleans.Workflows.Storage.Postgres;

/// <summary>
/// Finds out which members of other clusters live. Silos write every few seconds that they do; who goes on writing
/// lives, whatever time he writes: no clock is compared with another, for a silo's may be wrong.
/// </summary>
/// <param name="source">The database.</param>
/// <param name="clusterId">The cluster whose own members do not count.</param>
internal sealed class OtherMembers(NpgsqlDataSource source, string clusterId)
{
    // Orleans' SiloStatus: Joining 2, Active 3, ShuttingDown 4, Stopping 5.
    private const string List =
        """
        SELECT DeploymentId, SiloName, Address, Port, Generation, IAmAliveTime FROM OrleansMembershipTable
        WHERE DeploymentId <> $1 AND Status BETWEEN 2 AND 5 ORDER BY DeploymentId, Address, Port, Generation
        """;

    /// <summary>
    /// Longer than it is from one write of a silo to its next, and than a silo takes that has the database and is not a
    /// member yet.
    /// </summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    /// <summary>Within this all that live have written; the rest of the time is for one that is held up.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Looks who goes on writing.</summary>
    /// <param name="isKnown">
    /// Whether the database is another cluster's; if not, and nobody is there, nothing has to be waited for.
    /// </param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<IReadOnlyList<OtherMember>> WatchAsync(bool isKnown, CancellationToken cancellationToken)
    {
        var first = await ReadAsync(cancellationToken);
        var living = new HashSet<OtherMember>();
        var began = TimeProvider.System.GetTimestamp();
        while (
            (isKnown || first.Count > 0)
            && TimeProvider.System.GetElapsedTime(began) < (living.Count > 0 ? Shortest : Longest))
        {
            await Task.Delay(Pause, TimeProvider.System, cancellationToken);
            var now = await ReadAsync(cancellationToken);
            living.UnionWith(
                now.Where(member => !first.TryGetValue(member.Key, out var before) || before != member.Value)
                    .Select(static member => member.Key));
        }

        return [.. living.OrderBy(static member => member.ToString(), StringComparer.Ordinal)];
    }

    private async Task<Dictionary<OtherMember, DateTimeOffset>> ReadAsync(CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(List);
        command.Parameters.Add(new NpgsqlParameter { Value = clusterId });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var members = new Dictionary<OtherMember, DateTimeOffset>();
        while (await reader.ReadAsync(cancellationToken))
        {
            members.Add(
                new OtherMember(
                    reader.GetString(0),
                    reader.GetString(1),
                    reader.GetString(2),
                    reader.GetInt32(3),
                    reader.GetInt32(4)),
                reader.GetFieldValue<DateTimeOffset>(5));
        }

        return members;
    }
}
