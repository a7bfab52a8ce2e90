using Npgsql;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Storage.Postgres;

/// <summary>
/// Finds out a pooler that works per transaction or statement: it gives the same session of the server to several
/// connections.
/// </summary>
internal static class PoolerMode
{
    private const string Sql = "SELECT pg_backend_pid()";

    /// <summary>Throws when two connections that are open at the same time are one session at the server.</summary>
    /// <remarks>
    /// Nothing is refused that works per session. A pooler under load may give out two all the same, so that it is
    /// found out at some starts only.
    /// </remarks>
    /// <exception cref="StoreUnavailableException">They are.</exception>
    public static async Task CheckAsync(
        NpgsqlDataSource source,
        NpgsqlConnection first,
        string name,
        CancellationToken cancellationToken)
    {
        var session = await SessionAsync(first, cancellationToken);
        await using var second = await source.OpenConnectionAsync(cancellationToken);
        if (session == await SessionAsync(second, cancellationToken))
        {
            throw new StoreUnavailableException(
                $"Two connections to {name} are one session at the server: a pooler in between works per transaction "
                + "or statement, and has to work per session. For PgBouncer set pool_mode = session.");
        }
    }

    private static async Task<int> SessionAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Sql, connection);
        return (int)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
