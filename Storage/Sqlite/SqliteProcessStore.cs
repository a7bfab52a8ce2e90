using System.Diagnostics.Metrics;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Linked;
using Orleans.Workflows.Storage.GroupCommit;

namespace Orleans.Workflows.Storage.Sqlite;

/// <summary>Keeps processes in one SQLite file: the default of a silo that has no other database.</summary>
/// <remarks>
/// Each acknowledged write was synced to the disk. Several programs may share the file; each waits for the others'
/// writes.
/// </remarks>
public sealed class SqliteProcessStore : IProcessStore
{
    private readonly SqliteStoreOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly string _name;
    private readonly SqliteConnections _connections;
    private readonly SqliteReaders _readers;
    private readonly SqliteWriteProvider _provider;
    private readonly WriteGroup _writes;

    /// <summary>Makes a store; it opens nothing before <see cref="InitializeAsync"/>.</summary>
    /// <param name="options">Where the file is, and its bounds.</param>
    /// <param name="timeProvider">The clock of the waits between tries.</param>
    /// <param name="logger">Gets a line for each batch in trouble.</param>
    /// <param name="meters">Makes the meter of the batches; null for none.</param>
    /// <exception cref="ArgumentException">The options do not fit together.</exception>
    public SqliteProcessStore(
        SqliteStoreOptions options,
        TimeProvider timeProvider,
        ILogger<SqliteProcessStore> logger,
        IMeterFactory? meters = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(timeProvider);
        ArgumentNullException.ThrowIfNull(logger);
        options.Check();
        _options = options;
        _timeProvider = timeProvider;
        _name = $"the SQLite file {options.Path}";
        _connections = new SqliteConnections(options);
        _readers = new SqliteReaders(_name, _connections);
        _provider = new SqliteWriteProvider(_name, _connections);
        _writes = new WriteGroup(
            new GroupCommitOptions { MaxQueued = options.MaxQueue },
            _provider,
            timeProvider,
            logger,
            meters);
    }

    /// <summary>The number of writes that wait: a measure of load.</summary>
    internal int Queued => _writes.Queued;

    /// <inheritdoc/>
    public string? Overload => _writes.Overload;

    /// <inheritdoc/>
    public TimeSpan WriteTime => _writes.WriteTime;

    /// <inheritdoc/>
    public TimeSpan Silence => _writes.Silence;

    /// <inheritdoc/>
    public async Task InitializeAsync(CancellationToken cancellationToken)
    {
        await Task.Factory.StartNew(
            PrepareSchema,
            cancellationToken,
            TaskCreationOptions.DenyChildAttach,
            _provider.Scheduler);
        _writes.Start();
    }

    /// <inheritdoc/>
    public Task PingAsync(CancellationToken cancellationToken) =>
        _writes.WriteAsync(new PingItem(_timeProvider.GetUtcNow()), cancellationToken).WaitAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<LoadedProcess?> LoadAsync(ProcessId id, CancellationToken cancellationToken) =>
        _readers.ReadAsync(s => ProcessReads.Load(s, id, payloads: true), cancellationToken);

    /// <inheritdoc/>
    public Task<LoadedProcess?> ReadAsync(ProcessId id, CancellationToken cancellationToken) =>
        _readers.ReadAsync(s => ProcessReads.Load(s, id, payloads: false), cancellationToken);

    /// <inheritdoc/>
    public Task<ProcessRow?> ReadRowAsync(ProcessId id, CancellationToken cancellationToken) =>
        _readers.ReadAsync(s => ProcessReads.Row(s, id), cancellationToken);

    /// <inheritdoc/>
    public Task<ProcessHead?> ReadHeadAsync(ProcessId id, CancellationToken cancellationToken) =>
        _readers.ReadAsync(s => ProcessReads.Head(s, id), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<InboxMessage>> ReadInboxAsync(ProcessId id, CancellationToken cancellationToken) =>
        _readers.ReadAsync<IReadOnlyList<InboxMessage>>(
            s => ProcessReads.Inbox(s, id, MessageSeen.Unseen),
            cancellationToken);

    /// <inheritdoc/>
    public Task<CommitResult> CommitAsync(ProcessCommit commit, CancellationToken cancellationToken)
    {
        WellFormed.Check(commit);
        return _writes.WriteAsync(new CommitItem(commit), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<SendResult> SendAsync(InboxMessage message, CancellationToken cancellationToken)
    {
        WellFormed.Check(message);
        return _writes.WriteAsync(new SendItem(message), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<MessageSeen?> ReadMessageAsync(
        ProcessId receiver,
        string messageId,
        CancellationToken cancellationToken
    ) => _readers.ReadAsync(s => ProcessReads.Message(s, receiver, messageId), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ChildRow>> ReadChildrenAsync(
        ProcessId parent,
        int step,
        CancellationToken cancellationToken
    ) => _readers.ReadAsync(s => ProcessReads.Children(s, parent, step), cancellationToken);

    /// <inheritdoc/>
    public Task<ProcessPage> ListAsync(ProcessQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var after = ContinuationToken.Of(query);
        return _readers.ReadAsync(s => SqliteList.Read(s, query, after), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<HistoryEntry>> ReadHistoryAsync(
        ProcessId id,
        long afterVersion,
        int limit,
        CancellationToken cancellationToken
    ) => _readers.ReadAsync(s => ProcessReads.History(s, id, afterVersion, limit), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ReportEntry>> ReadReportsAsync(
        ProcessId id,
        bool tree,
        ReportLevel minimum,
        long afterSequence,
        int limit,
        CancellationToken cancellationToken
    ) => _readers.ReadAsync(s => ReportReads.Read(s, id, tree, minimum, afterSequence, limit), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<DueProcess>> ScanDueAsync(
        SliceRange slices, DateTimeOffset dueAt, DueProcess? after, int limit, CancellationToken cancellationToken) =>
        _readers.ReadAsync(s => ScanReads.Due(s, slices, dueAt, after, limit), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> ListOwnersAsync(CancellationToken cancellationToken) =>
        _readers.ReadAsync(ScanReads.Owners, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<OwnedProcess>> ScanOwnedAsync(
        string owner, SliceRange slices, ProcessId? after, int limit, CancellationToken cancellationToken) =>
        _readers.ReadAsync(s => ScanReads.Owned(s, owner, slices, after, limit), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<UnseenMessage>> ScanUnseenAsync(
        SliceRange slices,
        DateTimeOffset sentBefore,
        long afterSequence,
        int limit,
        CancellationToken cancellationToken
    ) => _readers.ReadAsync(s => ScanReads.Unseen(s, slices, sentBefore, afterSequence, limit), cancellationToken);

    /// <inheritdoc/>
    public Task<LiveProcesses> CountLiveAsync(int limit, CancellationToken cancellationToken) =>
        _readers.ReadAsync(s => ScanReads.Live(s, limit), cancellationToken);

    /// <inheritdoc/>
    public Task<int> PurgeAsync(DateTimeOffset finishedBefore, int limit, CancellationToken cancellationToken) =>
        _writes.WriteAsync(new PurgeItem(finishedBefore, limit), cancellationToken).WaitAsync(cancellationToken);

    /// <summary>A file's locks end with the program that has them.</summary>
    /// <inheritdoc/>
    public Task<int> EndSessionsAsync(IReadOnlyCollection<string> silos, CancellationToken cancellationToken) =>
        Task.FromResult(0);

    /// <summary>SQLite locks no rows, and does not tell who has the file.</summary>
    /// <inheritdoc/>
    public Task<string?> FindLockAsync(ProcessId id, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(null);

    /// <summary>
    /// Writes what is queued, for at most ten seconds, and closes the file. What comes later is told that nothing was
    /// written.
    /// </summary>
    /// <returns>Completes when the file is closed.</returns>
    public async ValueTask DisposeAsync()
    {
        await _writes.DisposeAsync();
        await _readers.DisposeAsync();
        if (_writes.HasEnded)
        {
            _provider.Dispose();
        }
    }

    private static void MakeFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(
                folder,
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private void PrepareSchema()
    {
        try
        {
            if (
                _options.Schema is StoreSchema.Apply
                && System.IO.Path.GetDirectoryName(_options.Path) is { Length: > 0 } folder)
            {
                MakeFolder(folder);
            }

            var scripts = new SchemaScripts(_name);
            using var connection = _connections.OpenWriter(create: _options.Schema is StoreSchema.Apply);

            // Another program may be at the same scripts, which can take longer than a write.
            SqliteConnections.Execute(connection, "PRAGMA busy_timeout = 60000;");
            if (_options.Schema is StoreSchema.Apply)
            {
                scripts.Apply(connection);
            }

            scripts.Verify(connection);
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException(
                $"{_name} cannot be opened: {Sentence.Ended(e.Message)} Check the path, its rights and the schema "
                + "option.",
                e);
        }
    }
}
