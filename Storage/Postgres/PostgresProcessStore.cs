using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Storage.GroupCommit;

namespace Orleans.Workflows.Storage.Postgres;

/// <summary>Keeps processes in a PostgreSQL database, which the silos of a cluster share.</summary>
/// <remarks>
/// Each acknowledged write was committed with the durability that the server's <c>synchronous_commit</c> and
/// <c>fsync</c> give; where one is off, a warning says so at the start, or the store does not open
/// (<see cref="PostgresStoreOptions.RequireDurableServer"/>).
/// </remarks>
public sealed partial class PostgresProcessStore : IProcessStore
{
    private readonly PostgresStoreOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;
    private readonly PostgresConnections _connections;
    private readonly PostgresReaders _readers;
    private readonly LoadGroup _loads;
    private readonly WriteGroup _writes;

    /// <summary>Makes a store; it opens nothing before <see cref="InitializeAsync"/>.</summary>
    /// <param name="options">Where the database is, and the bounds.</param>
    /// <param name="timeProvider">The clock of the waits between tries.</param>
    /// <param name="logger">Gets a line for each batch in trouble.</param>
    /// <param name="meters">Makes the meter of the batches; null for none.</param>
    /// <param name="silo">
    /// The silo whose store it is, as rows name their owner: its sessions bear its name; null outside a silo.
    /// </param>
    /// <exception cref="ArgumentException">The options do not fit together.</exception>
    public PostgresProcessStore(
        PostgresStoreOptions options,
        TimeProvider timeProvider,
        ILogger<PostgresProcessStore> logger,
        IMeterFactory? meters = null,
        string? silo = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(timeProvider);
        ArgumentNullException.ThrowIfNull(logger);
        _options = options;
        _timeProvider = timeProvider;
        _logger = logger;
        _connections = new PostgresConnections(options.Check(), silo);
        _readers = new PostgresReaders(_connections);
        _loads = new LoadGroup(_readers, timeProvider);
        _writes = new WriteGroup(
            new GroupCommitOptions { MaxQueued = options.MaxQueue },
            new PostgresWriteProvider(_connections),
            timeProvider,
            logger,
            meters);
    }

    /// <inheritdoc/>
    public string? Overload => _writes.Overload;

    /// <inheritdoc/>
    public TimeSpan WriteTime => _writes.WriteTime;

    /// <inheritdoc/>
    public TimeSpan Silence => _writes.Silence > _loads.Silence ? _writes.Silence : _loads.Silence;

    /// <inheritdoc/>
    public async Task InitializeAsync(CancellationToken cancellationToken)
    {
        if (_options.Schema is StoreSchema.Apply)
        {
            await PostgresSchema.ApplyAsync(_options.ConnectionString, cancellationToken);
        }
        else
        {
            await PostgresSchema.VerifyAsync(_options.ConnectionString, cancellationToken);
        }

        await CheckDurabilityAsync(cancellationToken);
        _loads.Start();
        _writes.Start();
    }

    /// <inheritdoc/>
    public Task PingAsync(CancellationToken cancellationToken) =>
        _writes.WriteAsync(new PingItem(_timeProvider.GetUtcNow()), cancellationToken).WaitAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<LoadedProcess?> LoadAsync(ProcessId id, CancellationToken cancellationToken) =>
        _loads.LoadAsync(id, cancellationToken);

    /// <inheritdoc/>
    public Task<LoadedProcess?> ReadAsync(ProcessId id, CancellationToken cancellationToken) =>
        _loads.ReadAsync(id, cancellationToken);

    /// <inheritdoc/>
    public Task<ProcessRow?> ReadRowAsync(ProcessId id, CancellationToken cancellationToken) =>
        _loads.ReadRowAsync(id, cancellationToken);

    /// <inheritdoc/>
    public Task<ProcessHead?> ReadHeadAsync(ProcessId id, CancellationToken cancellationToken) =>
        _loads.ReadHeadAsync(id, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<InboxMessage>> ReadInboxAsync(ProcessId id, CancellationToken cancellationToken) =>
        _loads.ReadInboxAsync(id, cancellationToken);

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
    ) => ProcessReads.MessageAsync(_readers, receiver, messageId, cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ChildRow>> ReadChildrenAsync(
        ProcessId parent,
        int step,
        CancellationToken cancellationToken
    ) => await ProcessReads.ChildrenAsync(_readers, parent, step, cancellationToken);

    /// <inheritdoc/>
    public async Task<ProcessPage> ListAsync(ProcessQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return await PostgresList.ReadAsync(_readers, query, ContinuationToken.Of(query), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<HistoryEntry>> ReadHistoryAsync(
        ProcessId id,
        long afterVersion,
        int limit,
        CancellationToken cancellationToken
    ) => await ProcessReads.HistoryAsync(_readers, id, afterVersion, limit, cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ReportEntry>> ReadReportsAsync(
        ProcessId id,
        bool tree,
        ReportLevel minimum,
        long afterSequence,
        int limit,
        CancellationToken cancellationToken
    ) => await ReportReads.ReadAsync(_readers, id, tree, minimum, afterSequence, limit, cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<DueProcess>> ScanDueAsync(
        SliceRange slices, DateTimeOffset dueAt, DueProcess? after, int limit, CancellationToken cancellationToken) =>
        await ProcessReads.DueAsync(_readers, slices, dueAt, after, limit, cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> ListOwnersAsync(CancellationToken cancellationToken) =>
        await ProcessReads.OwnersAsync(_readers, cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<OwnedProcess>> ScanOwnedAsync(
        string owner, SliceRange slices, ProcessId? after, int limit, CancellationToken cancellationToken) =>
        await ProcessReads.OwnedAsync(_readers, owner, slices, after, limit, cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<UnseenMessage>> ScanUnseenAsync(
        SliceRange slices,
        DateTimeOffset sentBefore,
        long afterSequence,
        int limit,
        CancellationToken cancellationToken
    ) => await ProcessReads.UnseenAsync(_readers, slices, sentBefore, afterSequence, limit, cancellationToken);

    /// <inheritdoc/>
    public Task<LiveProcesses> CountLiveAsync(int limit, CancellationToken cancellationToken) =>
        ProcessReads.LiveAsync(_readers, limit, cancellationToken);

    /// <inheritdoc/>
    public Task<int> PurgeAsync(DateTimeOffset finishedBefore, int limit, CancellationToken cancellationToken) =>
        _writes.WriteAsync(new PurgeItem(finishedBefore, limit), cancellationToken).WaitAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<int> EndSessionsAsync(IReadOnlyCollection<string> silos, CancellationToken cancellationToken) =>
        SessionReads.EndAsync(_readers, silos, _timeProvider, cancellationToken);

    /// <inheritdoc/>
    public async Task<string?> FindLockAsync(ProcessId id, CancellationToken cancellationToken) =>
        await SessionReads.LockAsync(_readers, id, cancellationToken);

    /// <summary>
    /// Writes what is queued, for at most ten seconds, and closes the connections. What comes later is told that
    /// nothing was written.
    /// </summary>
    /// <returns>Completes when the connections are closed.</returns>
    public async ValueTask DisposeAsync()
    {
        await _writes.DisposeAsync();
        await _loads.DisposeAsync();
        await _connections.DisposeAsync();
    }

    private async Task CheckDurabilityAsync(CancellationToken cancellationToken)
    {
        if (await ServerDurability.FindFaultsAsync(_readers, cancellationToken) is not [_, ..] faults)
        {
            return;
        }

        var settings = string.Join(", ", faults);
        if (_options.RequireDurableServer)
        {
            throw new StoreUnavailableException(
                $"{_connections.Name} may lose what it has acknowledged, because of {settings}: {Consequence}. " +
                "Set that to on, for the server, the database and the role, or do not set RequireDurableServer.");
        }

        LogNotDurable(_logger, _connections.Name, settings);
    }
}
