using Orleans.Workflows.Storage.GroupCommit;

namespace Orleans.Workflows.Storage.Sqlite;

/// <summary>What SQLite adds to group commit: one writer on a thread of its own.</summary>
/// <param name="name">The database, as messages name it.</param>
/// <param name="connections">Opens the file.</param>
internal sealed class SqliteWriteProvider(string name, SqliteConnections connections) : IWriteProvider, IDisposable
{
    private readonly DedicatedThreads _thread = new("owf-sqlite-writer", count: 1);

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public int Writers => 1;

    /// <inheritdoc/>
    public TaskScheduler Scheduler => _thread;

    /// <inheritdoc/>
    public Task<WriteSession> OpenAsync(CancellationToken cancellationToken) =>
        Task.FromResult<WriteSession>(new SqliteWriteSession(connections.OpenWriter()));

    /// <inheritdoc/>
    public WriteFault Classify(Exception exception) => SqliteErrors.Classify(exception);

    /// <inheritdoc/>
    public void Dispose() => _thread.Dispose();
}
