using Npgsql;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Storage.Postgres;

/// <summary>
/// The record that a PostgreSQL database keeps of its cluster, on a connection of its own: readings must not wait for
/// others.
/// </summary>
public sealed class PostgresClusterRecord : IClusterRecord, IAsyncDisposable
{
    // The one statement that reads the server's clock.
    private const string Read =
        "SELECT clock_timestamp(), c.id, c.correction, c.corrected_at, c.corrections FROM (SELECT 1) AS one LEFT JOIN "
        + "cluster c ON true";
    private const string Correct =
        "UPDATE cluster SET correction = $1, corrected_at = $2, corrections = corrections + 1 WHERE id = $3 AND "
        + "corrections = $4";
    private const string Insert = "INSERT INTO cluster (id, corrected_at) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    private const string Take = "UPDATE cluster SET id = $1 WHERE id = $2";

    private const int LongestReadSeconds = 5;

    private readonly NpgsqlDataSource _source;
    private readonly string _name;

    /// <summary>Makes a record; it opens nothing before it is asked.</summary>
    /// <param name="connectionString">The database, as Npgsql reads it.</param>
    /// <exception cref="ArgumentException">The connection string cannot be used.</exception>
    public PostgresClusterRecord(string connectionString)
    {
        var given = new PostgresStoreOptions { ConnectionString = connectionString }.Check();
        _name = PostgresConnections.NameOf(given);
        var connection = PostgresSessions.Of(given, PostgresSessions.Clock, silo: null);
        (connection.MaxPoolSize, connection.MinPoolSize) = (1, 0);
        connection.CommandTimeout = LongestReadSeconds;
        (connection.MaxAutoPrepare, connection.AutoPrepareMinUsages) = (4, 2);
        _source = PostgresSessions.Open(connection, settings: null);
    }

    /// <inheritdoc/>
    public Task<ClusterReading> ReadAsync(CancellationToken cancellationToken) =>
        GuardAsync(async () =>
        {
            await using var command = _source.CreateCommand(Read);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            await reader.ReadAsync(cancellationToken);
            var time = reader.GetFieldValue<DateTimeOffset>(0);
            return await reader.IsDBNullAsync(1, cancellationToken)
                ? new ClusterReading(time, ClusterId: null, TimeSpan.Zero, time, Corrections: 0)
                : new ClusterReading(
                    time,
                    reader.GetString(1),
                    TimeSpan.FromMicroseconds(reader.GetInt64(2)),
                    reader.GetFieldValue<DateTimeOffset>(3),
                    reader.GetInt64(4));
        });

    /// <inheritdoc/>
    public async Task<bool> CorrectAsync(ClusterReading seen, TimeSpan correction, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(seen);
        return seen.ClusterId is { } id
            && await ExecuteAsync(
                Correct,
                cancellationToken,
                (long)correction.TotalMicroseconds,
                seen.Time,
                id,
                seen.Corrections);
    }

    /// <inheritdoc/>
    public async Task<string?> ClaimAsync(string clusterId, bool force, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(clusterId);
        while (true)
        {
            var reading = await ReadAsync(cancellationToken);
            if (reading.ClusterId == clusterId)
            {
                return null;
            }

            var living = force
                ? []
                : await GuardAsync(() =>
                    new OtherMembers(_source, clusterId).WatchAsync(
                        isKnown: reading.ClusterId is not null,
                        cancellationToken));
            if (living.Count > 0)
            {
                throw Refusal(clusterId, reading.ClusterId, living);
            }

            // Whoever comes first has it. The other one looks again, and finds members of a cluster that is not its
            // own.
            if (reading.ClusterId is not { } former
                ? await ExecuteAsync(Insert, cancellationToken, clusterId, reading.Time)
                : await ExecuteAsync(Take, cancellationToken, clusterId, former))
            {
                return reading.ClusterId;
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private ClusterRefusedException Refusal(string clusterId, string? other, IReadOnlyList<OtherMember> living)
    {
        var name = other ?? living[0].ClusterId;
        return new ClusterRefusedException(
            $"The cluster '{clusterId}' cannot have {_name}: it is that of the cluster '{name}', of which "
            + $"{living.Count} member(s) live: "
                + $"{string.Join(", ", living)}. One database is for one cluster. Set Workflows:ClusterId to '{name}' "
                + "to join it, give this cluster a "
                + "database of its own, or stop those members. If they must be ended by this, run the silo's command "
                + "'adopt --force' with this ClusterId.");
    }

    private Task<bool> ExecuteAsync(string statement, CancellationToken cancellationToken, params object[] values) =>
        GuardAsync(async () =>
        {
            await using var command = _source.CreateCommand(statement);
            foreach (var value in values)
            {
                command.Parameters.Add(new NpgsqlParameter { Value = value });
            }

            return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
        });

    private async Task<T> GuardAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or IOException or ObjectDisposedException)
        {
            throw new StoreUnavailableException(
                $"{_name} could not be asked whose it is: {PostgresErrors.TextOf(e)} " +
                "Make the database reachable and try again.",
                e);
        }
    }
}
