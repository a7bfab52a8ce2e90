using Npgsql;
using Orleans.Messaging;

namespace Orleans.Workflows.ClientSdk.Connecting;

/// <summary>
/// The gateways of the membership in a PostgreSQL database, once that is known to be the cluster's. Names of tables are
/// unqualified, so with tables further back in the search path alone the client would be another installation's without
/// a word (decision 30).
/// </summary>
internal sealed class PostgresGateways(IGatewayListProvider inner, string connectionString) : IGatewayListProvider
{
    // As the silo's store asks, and so are the sentences its own: a test holds them together.
    private const string Sql =
        """
        SELECT current_schema(), current_setting('search_path'),
            to_regclass(quote_ident(current_schema()) || '.owf_schema') IS NOT NULL,
            (SELECT n.nspname::text FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
                WHERE c.relname = 'owf_schema' AND n.nspname = ANY (current_schemas(false))
                    AND n.nspname <> current_schema() LIMIT 1)
        """;

    /// <inheritdoc/>
    public TimeSpan MaxStaleness => inner.MaxStaleness;

    /// <inheritdoc/>
    public bool IsUpdatable => true;

    /// <summary>Whether the database has answered at all.</summary>
    public bool HasAnswered { get; private set; }

    /// <inheritdoc/>
    public async Task InitializeGatewayListProvider()
    {
        await CheckAsync().ConfigureAwait(false);
        await inner.InitializeGatewayListProvider().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task<IList<Uri>> GetGateways() => inner.GetGateways();

    private async Task CheckAsync()
    {
        var connection = new NpgsqlConnection(connectionString);
        await using (connection.ConfigureAwait(false))
        {
            await connection.OpenAsync().ConfigureAwait(false);
            using var command = new NpgsqlCommand(Sql, connection);
            using var reader = await command.ExecuteReaderAsync().ConfigureAwait(false);
            await reader.ReadAsync().ConfigureAwait(false);
            HasAnswered = true;
            var given = new NpgsqlConnectionStringBuilder(connectionString);
            var name = $"the PostgreSQL database {given.Database ?? given.Username} on {given.Host}:{given.Port}";
            if (given.SearchPath is { Length: > 0 } wanted && wanted != reader.GetString(1))
            {
                throw new WorkflowUnavailableException(
                    $"The search path of {name} is '{reader.GetString(1)}' although the connection string asks for " +
                    $"'{wanted}': a pooler in between drops it. Set it for the role instead: ALTER ROLE … SET " +
                    "search_path = ….");
            }

            if (!reader.GetBoolean(2) && !reader.IsDBNull(3))
            {
                var (schema, behind) = (reader.GetString(0), reader.GetString(3));
                throw new WorkflowUnavailableException(
                    $"The schema \"{schema}\" of {name} has no tables of a cluster, and further back in the search " +
                    $"path \"{behind}\" has some. To go on with those, set Search Path='\"{behind}\"' in the " +
                    $"connection string; to begin another cluster before them, set Search Path='\"{schema}\"'.");
            }
        }
    }
}
