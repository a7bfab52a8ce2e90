using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Linked;
using Orleans.Workflows.Storage.GroupCommit;

namespace Orleans.Workflows.Storage.Sqlite;

/// <summary>
/// The connections that read, on threads of their own: SQLite blocks its caller, and callers are grains.
/// </summary>
/// <param name="name">The database, as messages name it.</param>
/// <param name="connections">Opens the file.</param>
internal sealed class SqliteReaders(string name, SqliteConnections connections) : IAsyncDisposable
{
    private const int Threads = 2;
    private readonly DedicatedThreads _threads = new("owf-sqlite-reader", Threads);
    private readonly ConcurrentBag<ReadSession> _free = [];
    private volatile bool _disposed;

    /// <summary>Reads.</summary>
    /// <typeparam name="T">What is read.</typeparam>
    /// <param name="read">Reads it; runs on a reader's thread.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="StoreUnavailableException">The database cannot be read.</exception>
    public Task<T> ReadAsync<T>(Func<ReadSession, T> read, CancellationToken cancellationToken)
    {
        if (_disposed)
        {
            throw Closed();
        }

        return StartAsync(() => Read(read), cancellationToken).WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        // Reads that were queued before run before these, so no connection is closed under a read.
        _disposed = true;
        await Task.WhenAll(
            Enumerable.Range(0, Threads).Select(_ => StartAsync(static () => true, CancellationToken.None)));
        _threads.Dispose();
        while (_free.TryTake(out var session))
        {
            session.Dispose();
        }
    }

    private Task<T> StartAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        try
        {
            return Task.Factory.StartNew(
                work,
                cancellationToken,
                TaskCreationOptions.DenyChildAttach | TaskCreationOptions.RunContinuationsAsynchronously,
                _threads);
        }
        catch (TaskSchedulerException)
        {
            throw Closed();
        }
    }

    private T Read<T>(Func<ReadSession, T> read)
    {
        ReadSession? session = null;
        try
        {
            if (!_free.TryTake(out session))
            {
                session = new ReadSession(connections.OpenReader());
            }

            var result = read(session);
            _free.Add(session);
            return result;
        }
        catch (SqliteException e)
        {
            session?.Dispose();
            throw new StoreUnavailableException(
                $"{name} could not be read: {Sentence.Ended(e.Message)} Make the file readable and try again.",
                e);
        }
        catch
        {
            session?.Dispose();
            throw;
        }
    }

    private StoreUnavailableException Closed() => new($"{name} is closed: its silo stops. Ask another silo.");
}
