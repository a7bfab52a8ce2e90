using Orleans.Workflows.Storage.GroupCommit;

namespace Orleans.Workflows.Storage.Postgres;

/// <summary>
/// What PostgreSQL adds to group commit: two writers, so that one's batch gathers and executes while the other's is
/// synced.
/// </summary>
internal sealed class PostgresWriteProvider(PostgresConnections connections) : IWriteProvider
{
    private readonly InboxBudgets _budgets = new();

    /// <inheritdoc/>
    public string Name => connections.Name;

    /// <inheritdoc/>
    public int Writers => 2;

    /// <inheritdoc/>
    public TaskScheduler Scheduler => TaskScheduler.Default;

    /// <inheritdoc/>
    public async Task<WriteSession> OpenAsync(CancellationToken cancellationToken) =>
        new PostgresWriteSession(await connections.OpenWriterAsync(cancellationToken), _budgets);

    /// <inheritdoc/>
    public WriteFault Classify(Exception exception) => PostgresErrors.Classify(exception);
}
