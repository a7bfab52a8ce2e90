using Npgsql;

namespace Orleans.Workflows.Storage.Postgres;

/// <summary>Statements that are executed together, and what is known of their transaction.</summary>
/// <param name="connection">The writer's connection.</param>
/// <param name="givesUpSoon">Whether no lock is waited for longer than some milliseconds.</param>
internal sealed class WriteRound(NpgsqlConnection connection, bool givesUpSoon)
{
    // For the transaction alone.
    private const string GiveUpSoonSql = "SELECT set_config('lock_timeout', '5', true)";

    private readonly List<NpgsqlBatchCommand> _statements = [];
    private readonly List<Action<NpgsqlDataReader>> _results = [];

    /// <summary>Whether a commit was sent: from then on only an answer tells.</summary>
    public bool MayBeDurable { get; private set; }

    /// <summary>Whether the commit was answered.</summary>
    public bool IsDurable { get; private set; }

    /// <summary>Adds a statement that returns nothing.</summary>
    public void Add(NpgsqlBatchCommand statement) => _statements.Add(statement);

    /// <summary>Adds a statement that returns rows.</summary>
    public void Add(NpgsqlBatchCommand statement, Action<NpgsqlDataReader> row)
    {
        _statements.Add(statement);
        _results.Add(row);
    }

    /// <summary>
    /// Executes the statements in one round trip, as one transaction: the server commits after the last one.
    /// </summary>
    /// <param name="timeout">How long the server may take; null for the connection's own limit.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task ExecuteAsync(TimeSpan? timeout, CancellationToken cancellationToken)
    {
        MayBeDurable = true;
        await SendAsync(timeout, cancellationToken);
        IsDurable = true;
    }

    /// <summary>Executes the statements, and commits if what they returned is as it should be.</summary>
    /// <returns>Whether the statements are durable; otherwise nothing is.</returns>
    public async Task<bool> ExecuteIfAsync(Func<bool> isWanted, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await SendAsync(timeout: null, cancellationToken);
        if (!isWanted())
        {
            await transaction.RollbackAsync(cancellationToken);
            return false;
        }

        MayBeDurable = true;
        await transaction.CommitAsync(cancellationToken);
        return IsDurable = true;
    }

    private async Task SendAsync(TimeSpan? timeout, CancellationToken cancellationToken)
    {
        if (_statements.Count == 0)
        {
            return;
        }

        await using var batch = connection.CreateBatch();
        if (givesUpSoon)
        {
            batch.BatchCommands.Add(Statement.Of(GiveUpSoonSql));
        }

        _statements.ForEach(batch.BatchCommands.Add);
        batch.Timeout = (int)(timeout?.TotalSeconds ?? batch.Timeout);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        if (givesUpSoon)
        {
            await reader.NextResultAsync(cancellationToken);
        }

        foreach (var result in _results)
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                result(reader);
            }

            await reader.NextResultAsync(cancellationToken);
        }

        // Statements without rows have no result of their own; the last one's error, and the server's word that it has
        // committed, come here.
        while (await reader.NextResultAsync(cancellationToken))
        {
        }

        _statements.Clear();
        _results.Clear();
    }
}
