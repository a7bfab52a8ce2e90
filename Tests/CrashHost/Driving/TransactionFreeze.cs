using System.Globalization;
using Npgsql;

namespace Orleans.Workflows.CrashHost.Driving;

/// <summary>
/// Freezes a silo in the midst of a transaction, so that its session holds locks until it goes on, or is ended.
/// </summary>
/// <param name="connectionString">The database.</param>
public sealed class TransactionFreeze(string connectionString)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>
    /// What the server may still have had to do when the silo froze, without anything more from the silo.
    /// </summary>
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(300);

    /// <summary>Freezes a silo again and again, until it has a transaction open that does not end by itself.</summary>
    /// <param name="silo">The silo, under load.</param>
    /// <returns>
    /// The state of its sessions that hold locks, as the server has it; null when the silo has ended, or was never met
    /// so.
    /// </returns>
    public async Task<string?> FreezeAsync(HostProcess silo)
    {
        ArgumentNullException.ThrowIfNull(silo);
        var began = TimeProvider.System.GetTimestamp();
        await using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        while (!silo.HasExited && TimeProvider.System.GetElapsedTime(began) < Limit)
        {
            await silo.FreezeAsync();
            if (await LockingAsync(connection, silo) is not null)
            {
                await Task.Delay(Settle, TimeProvider.System);
                if (await LockingAsync(connection, silo) is { } state)
                {
                    return state;
                }
            }

            await silo.ThawAsync();
            await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(5, 25)), TimeProvider.System);
        }

        return null;
    }

    /// <summary>Waits until the others have declared a silo dead.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="limit">How long at most.</param>
    /// <returns>How long it took.</returns>
    public async Task<TimeSpan> DeclaredDeadAsync(HostProcess silo, TimeSpan limit)
    {
        ArgumentNullException.ThrowIfNull(silo);
        var (endpoint, generation) = (
            silo.Address.Split('@')[0],
            int.Parse(silo.Address.Split('@')[1], CultureInfo.InvariantCulture));
        await using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        return await Eventually.TrueAsync(
            async () =>
            {
                await using var query = new NpgsqlCommand(
                    "SELECT status = 6 FROM OrleansMembershipTable WHERE Address || ':' || Port = $1 AND Generation = "
                    + "$2",
                    connection);
                query.Parameters.Add(new() { Value = endpoint });
                query.Parameters.Add(new() { Value = generation });
                return await query.ExecuteScalarAsync() is true;
            },
            limit,
            () => $"{silo.Address} is declared dead");
    }

    /// <summary>The sessions of a silo that have written something in a transaction that is open.</summary>
    private static async Task<string?> LockingAsync(NpgsqlConnection connection, HostProcess silo)
    {
        await using var query = new NpgsqlCommand(
            """
            SELECT string_agg(concat_ws(' ', a.state, a.wait_event), ', ') FROM pg_stat_activity AS a
            WHERE a.datname = current_database() AND a.application_name LIKE '%writers ' || $1
                AND EXISTS (
                    SELECT FROM pg_locks AS l WHERE l.pid = a.pid AND l.locktype = 'transactionid' AND l.granted)
            """,
            connection);
        query.Parameters.Add(new() { Value = silo.Address });
        return await query.ExecuteScalarAsync() as string;
    }
}
