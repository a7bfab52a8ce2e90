using Npgsql;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Storage.Postgres;

/// <summary>Reads on pooled connections.</summary>
internal sealed class PostgresReaders(PostgresConnections connections)
{
    // Each idle connection of the pool may have died with the server, and only its use shows it.
    private const int Tries = 3;

    /// <summary>The database, as messages name it.</summary>
    public string Name => connections.Name;

    /// <summary>Executes statements that return rows, in order, in one round trip.</summary>
    /// <param name="statements">
    /// Makes the statements, each with what takes in its rows. Called anew for each try.
    /// </param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Completes when every row was taken in.</returns>
    /// <exception cref="StoreUnavailableException">The database cannot be read.</exception>
    public async Task ReadAsync(
        Func<(NpgsqlBatchCommand Statement, Action<NpgsqlDataReader> Row)[]> statements,
        CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await ExecuteAsync(statements(), cancellationToken);
                return;
            }
            catch (NpgsqlException e) when (attempt < Tries && PostgresErrors.IsLostConnection(e))
            {
                // Another connection may live.
            }
            catch (Exception e) when (attempt < Tries && PostgresErrors.IsConfused(e))
            {
                // Others of the pool may be so too, and each would be found out by a caller.
                connections.Readers.Clear();
            }
            catch (Exception e)
                when (e is NpgsqlException or TimeoutException or IOException or ObjectDisposedException
                    || PostgresErrors.IsConfused(e))
            {
                throw new StoreUnavailableException(
                    $"{connections.Name} could not be read: {PostgresErrors.TextOf(e)} Make the database reachable and "
                    + "try again.",
                    e);
            }
        }
    }

    /// <summary>Executes one statement.</summary>
    /// <typeparam name="T">What a row becomes.</typeparam>
    /// <exception cref="StoreUnavailableException">The database cannot be read.</exception>
    public async Task<List<T>> QueryAsync<T>(
        Func<NpgsqlBatchCommand> statement,
        Func<NpgsqlDataReader, T> read,
        CancellationToken cancellationToken)
    {
        var rows = new List<T>();
        await ReadAsync(
            () =>
            {
                rows.Clear();
                return [(statement(), r => rows.Add(read(r)))];
            },
            cancellationToken);
        return rows;
    }

    private async Task ExecuteAsync(
        (NpgsqlBatchCommand Statement, Action<NpgsqlDataReader> Row)[] statements,
        CancellationToken cancellationToken)
    {
        await using var connection = await connections.Readers.OpenConnectionAsync(cancellationToken);
        await using var batch = connection.CreateBatch();
        foreach (var (statement, _) in statements)
        {
            batch.BatchCommands.Add(statement);
        }

        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        foreach (var (_, row) in statements)
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                row(reader);
            }

            await reader.NextResultAsync(cancellationToken);
        }
    }
}
