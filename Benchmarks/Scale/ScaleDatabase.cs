using System.Text.Json;
using Npgsql;

namespace Orleans.Workflows.Benchmarks.Scale;

/// <summary>What is asked of the database besides the engine.</summary>
internal sealed class ScaleDatabase : IAsyncDisposable
{
    private readonly NpgsqlDataSource _source;

    /// <summary>Reads how to connect.</summary>
    /// <param name="connectionString">The database.</param>
    public ScaleDatabase(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            MaxPoolSize = 2,
            CommandTimeout = 0,
            ApplicationName = "benchmarks",
        };
        _source = NpgsqlDataSource.Create(settings.ConnectionString);
    }

    /// <summary>Executes a statement.</summary>
    /// <param name="sql">The statement.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>How many rows it changed.</returns>
    public async Task<int> ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = _source.CreateCommand(sql);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Reads one number.</summary>
    /// <param name="sql">The query.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The number.</returns>
    public async Task<double> ReadAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = _source.CreateCommand($"SELECT ({sql})::float8");
        return (double)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Takes away what the load has left, as autovacuum does some minutes later.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Completes then.</returns>
    public async Task TidyAsync(CancellationToken cancellationToken)
    {
        await ExecuteAsync("VACUUM (ANALYZE) process", cancellationToken);
        await ExecuteAsync("VACUUM (ANALYZE) history", cancellationToken);
        await ExecuteAsync("CHECKPOINT", cancellationToken);
    }

    /// <summary>Executes a query and says how.</summary>
    /// <param name="sql">The query.</param>
    /// <param name="settings">Settings for it, as SQL; empty for the server's own.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>The plan.</returns>
    public async Task<ScanPlan> ExplainAsync(string sql, string settings, object[] arguments)
    {
        await using var connection = await _source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        if (settings.Length > 0)
        {
            await using var set = new NpgsqlCommand(settings, connection);
            await set.ExecuteNonQueryAsync();
        }

        await using var command = new NpgsqlCommand($"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {sql}", connection);
        foreach (var argument in arguments)
        {
            command.Parameters.Add(new() { Value = argument });
        }

        using var plan = JsonDocument.Parse((string)(await command.ExecuteScalarAsync())!);
        return ScanPlan.Read(plan.RootElement[0]);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _source.DisposeAsync();
}
