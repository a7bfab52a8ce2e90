using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Storage.Memory;

/// <summary>
/// Keeps processes in memory: for tests and trials. One instance may serve several silos; what it holds ends with it.
/// </summary>
/// <remarks>
/// It keeps the rules of the other stores: the conformance suite runs on it too. Byte arrays are kept as they are
/// given, and nobody changes them.
/// </remarks>
public sealed class MemoryProcessStore : IProcessStore
{
    private readonly Lock _lock = new();
    private readonly ProcessTable _table = new();

    /// <summary>Never: nothing waits here.</summary>
    public string? Overload => null;

    /// <inheritdoc/>
    public TimeSpan WriteTime => TimeSpan.Zero;

    /// <inheritdoc/>
    public TimeSpan Silence => TimeSpan.Zero;

    /// <inheritdoc/>
    public Task InitializeAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task PingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task<LoadedProcess?> LoadAsync(ProcessId id, CancellationToken cancellationToken) =>
        DoAsync(t => Load(t, id, static message => message), cancellationToken);

    /// <inheritdoc/>
    public Task<LoadedProcess?> ReadAsync(ProcessId id, CancellationToken cancellationToken) =>
        DoAsync(t => Load(t, id, static message => message with { Payload = [] }), cancellationToken);

    /// <inheritdoc/>
    public Task<ProcessRow?> ReadRowAsync(ProcessId id, CancellationToken cancellationToken) =>
        DoAsync(t => t.Find(id)?.Row, cancellationToken);

    /// <inheritdoc/>
    public Task<ProcessHead?> ReadHeadAsync(ProcessId id, CancellationToken cancellationToken) =>
        DoAsync(
            t =>
                t.Find(id) is { } entry
                    ? new ProcessHead(entry.Row.Version, entry.Row.LastOperation, entry.Row.State, entry.Row.Owner)
                    : null,
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<InboxMessage>> ReadInboxAsync(ProcessId id, CancellationToken cancellationToken) =>
        DoAsync<IReadOnlyList<InboxMessage>>(t => [.. t.Find(id)?.UnseenMessages ?? []], cancellationToken);

    /// <inheritdoc/>
    public Task<CommitResult> CommitAsync(ProcessCommit commit, CancellationToken cancellationToken)
    {
        WellFormed.Check(commit);
        return DoAsync(t => t.Commit(commit), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<SendResult> SendAsync(InboxMessage message, CancellationToken cancellationToken)
    {
        WellFormed.Check(message);
        return DoAsync(t => t.Send(message), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<MessageSeen?> ReadMessageAsync(
        ProcessId receiver,
        string messageId,
        CancellationToken cancellationToken
    ) => DoAsync(t => t.Find(receiver)?.Inbox.GetValueOrDefault(messageId)?.Seen, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ChildRow>> ReadChildrenAsync(
        ProcessId parent,
        int step,
        CancellationToken cancellationToken) =>
        DoAsync<IReadOnlyList<ChildRow>>(
            t =>
            [
                .. Rows(t)
                    .Where(r => r.Parent == parent && r.ParentStep == step)
                    .OrderBy(static r => r.ParentIndex)
                    .Select(static r => new ChildRow(
                        r.Id,
                        r.ParentIndex ?? 0,
                        r.State,
                        r.ExitCode,
                        r.Output,
                        r.Failure,
                        r.FinishedAt)),
            ],
        cancellationToken);

    /// <inheritdoc/>
    public Task<ProcessPage> ListAsync(ProcessQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var after = ContinuationToken.Of(query);
        return DoAsync(t => MemoryQueries.List(Rows(t), query, after), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<HistoryEntry>> ReadHistoryAsync(
        ProcessId id,
        long afterVersion,
        int limit,
        CancellationToken cancellationToken) =>
        DoAsync<IReadOnlyList<HistoryEntry>>(
            t => [.. (t.Find(id)?.History ?? []).Where(h => h.Version > afterVersion).Take(limit)], cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ReportEntry>> ReadReportsAsync(
        ProcessId id,
        bool tree,
        ReportLevel minimum,
        long afterSequence,
        int limit,
        CancellationToken cancellationToken) =>
        DoAsync<IReadOnlyList<ReportEntry>>(
            t =>
            [
                .. (tree ? t.TreeOf(id) : [id])
                    .Select(t.Find)
                    .OfType<ProcessEntry>()
                    .SelectMany(static e => e.Reports)
                    .Where(r => r.Level >= minimum && r.Sequence > afterSequence)
                    .OrderBy(static r => r.Sequence)
                    .Take(limit),
            ],
        cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<DueProcess>> ScanDueAsync(
        SliceRange slices, DateTimeOffset dueAt, DueProcess? after, int limit, CancellationToken cancellationToken) =>
        DoAsync<IReadOnlyList<DueProcess>>(
            t =>
            [
                .. Rows(t).Where(r => r.DueAt <= dueAt && IsIn(slices, r.Id))
                    .Where(r => after is null || (r.DueAt!.Value, r.Id).CompareTo((after.DueAt, after.Id)) > 0)
                    .OrderBy(static r => r.DueAt).ThenBy(static r => r.Id).Take(limit)
                    .Select(static r => new DueProcess(r.Id, r.DueAt!.Value, r.Needs, BytesOf(r))),
            ],
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> ListOwnersAsync(CancellationToken cancellationToken) =>
        DoAsync<IReadOnlyList<string>>(
            t => [.. Rows(t).Select(static r => r.Owner).OfType<string>().Distinct()],
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<OwnedProcess>> ScanOwnedAsync(
        string owner, SliceRange slices, ProcessId? after, int limit, CancellationToken cancellationToken) =>
        DoAsync<IReadOnlyList<OwnedProcess>>(
            t =>
            [
                .. Rows(t)
                    .Where(r => r.Owner == owner && IsIn(slices, r.Id) && (after is null || r.Id > after))
                    .OrderBy(static r => r.Id)
                    .Take(limit)
                    .Select(static r => new OwnedProcess(r.Id, r.Needs, BytesOf(r))),
            ],
        cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<UnseenMessage>> ScanUnseenAsync(
        SliceRange slices,
        DateTimeOffset sentBefore,
        long afterSequence,
        int limit,
        CancellationToken cancellationToken) =>
        DoAsync<IReadOnlyList<UnseenMessage>>(
            t =>
            [
                .. t
                    .Entries.Where(e => IsIn(slices, e.Row.Id))
                    .SelectMany(static e => e.UnseenMessages)
                    .Where(m => m.SentAt < sentBefore && m.Sequence > afterSequence)
                    .OrderBy(static m => m.Sequence)
                    .Take(limit)
                    .Select(m => new UnseenMessage(
                        m.Receiver,
                        m.Sequence,
                        m.Kind,
                        m.SentAt,
                        BytesOf(t.Find(m.Receiver)!.Row),
                        m.Payload.Length)),
            ],
        cancellationToken);

    /// <inheritdoc/>
    public Task<LiveProcesses> CountLiveAsync(int limit, CancellationToken cancellationToken) =>
        DoAsync(t => MemoryQueries.CountLive(Rows(t), limit), cancellationToken);

    /// <inheritdoc/>
    public Task<int> PurgeAsync(DateTimeOffset finishedBefore, int limit, CancellationToken cancellationToken) =>
        DoAsync(t => t.Purge(finishedBefore, limit), cancellationToken);

    /// <summary>There are no sessions.</summary>
    /// <inheritdoc/>
    public Task<int> EndSessionsAsync(IReadOnlyCollection<string> silos, CancellationToken cancellationToken) =>
        Task.FromResult(0);

    /// <summary>There are no locks.</summary>
    /// <inheritdoc/>
    public Task<string?> FindLockAsync(ProcessId id, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(null);

    /// <summary>Does nothing: the instance may serve other silos.</summary>
    /// <returns>Completes at once.</returns>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Does to the table what a person can do to a database by hand.</summary>
    /// <param name="change">The change.</param>
    internal void Change(Action<ProcessTable> change)
    {
        lock (_lock)
        {
            change(_table);
        }
    }

    private static IEnumerable<ProcessRow> Rows(ProcessTable table) => table.Entries.Select(static e => e.Row);

    private static long BytesOf(ProcessRow row) => row.Checkpoint.Length + row.Input.Length;

    private static bool IsIn(SliceRange slices, ProcessId id) =>
        ProcessRow.SliceOf(id) is var slice && slice >= slices.First && slice <= slices.Last;

    private static LoadedProcess? Load(ProcessTable table, ProcessId id, Func<InboxMessage, InboxMessage> of) =>
        table.Find(id) is { } entry
            ? new LoadedProcess(entry.Row, [.. entry.OpenMessages.Select(of)])
            {
                HasLastHistory = entry.History.Exists(h => h.Version == entry.Row.Version),
            }
            : null;

    private Task<T> DoAsync<T>(Func<ProcessTable, T> work, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<T>(cancellationToken);
        }

        lock (_lock)
        {
            return Task.FromResult(work(_table));
        }
    }
}
