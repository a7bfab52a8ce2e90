using System.Diagnostics.Metrics;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Linked;

namespace Orleans.Workflows.Storage.GroupCommit;

/// <summary>
/// Group commit: one queue per silo and a few writers that share each transaction among many callers.
/// </summary>
internal sealed class WriteGroup : IAsyncDisposable
{
    /// <summary>
    /// When nothing was written for so long, a full queue says that the database is away, not that there is too much to
    /// write.
    /// </summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private readonly GroupCommitOptions _options;
    private readonly IWriteProvider _provider;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;
    private readonly UnansweredCalls _unanswered;
    private readonly UnclearItems _unclear;
    private readonly WriteQueue _queue;
    private readonly WriteInstruments _instruments;
    private readonly LockWatch _watch;
    private readonly CancellationTokenSource _stop = new();
    private Task _writers = Task.CompletedTask;
    private bool _disposed;

    /// <summary>Makes a group whose writers do not run yet.</summary>
    /// <param name="options">The bounds.</param>
    /// <param name="provider">The database.</param>
    /// <param name="timeProvider">The clock of waits.</param>
    /// <param name="logger">Gets a line for each batch in trouble.</param>
    /// <param name="meters">Makes the meter of the batches; null for none.</param>
    public WriteGroup(
        GroupCommitOptions options,
        IWriteProvider provider,
        TimeProvider timeProvider,
        ILogger logger,
        IMeterFactory? meters = null)
    {
        (_options, _provider, _timeProvider, _logger) = (options, provider, timeProvider, logger);
        _unanswered = new UnansweredCalls(timeProvider);
        _unclear = new UnclearItems(timeProvider);
        _queue = new WriteQueue(options, provider.Writers);
        _instruments = new WriteInstruments(meters, () => _queue.Aside);
        _watch = new LockWatch(_queue, provider, MakeExecutor, options.LockPatience, timeProvider, _stop.Token);
    }

    /// <summary>The number of items that no writer has taken.</summary>
    public int Queued => _queue.Queued;

    /// <summary>
    /// Why inserts of new processes are refused now; null while they are taken, and while the database is away, which
    /// is no overload.
    /// </summary>
    public string? Overload =>
        _queue.Queued is var queued && queued >= _options.MaxQueued && IsWriting
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{queued:N0} writes wait for {_provider.Name}, and from {_options.MaxQueued:N0} on no new process is "
                + $"taken. Start it again later; if that stays so, add silos or a faster database.")
            : null;

    /// <summary>How long a transaction takes at least, of late.</summary>
    public TimeSpan WriteTime => _queue.WriteTime;

    /// <summary>For how long batches wait for the database, none of which it has answered meanwhile.</summary>
    public TimeSpan Silence => _unanswered.Silence;

    private bool IsWriting => _timeProvider.GetElapsedTime(_queue.MovedAt) < LongestPause;

    /// <summary>Whether no writer runs.</summary>
    public bool HasEnded => _writers.IsCompleted;

    /// <summary>Starts the writers. Called once.</summary>
    public void Start()
    {
        // The writers outlive the caller, whose execution context must not live on in them.
        _writers = Task.WhenAll(Enumerable.Range(0, _provider.Writers).Select(_ => Detached.Run(
            new BatchWriter(_queue, MakeExecutor(), _watch, _timeProvider, _instruments).RunAsync,
            _provider.Scheduler).Unwrap()));
    }

    /// <summary>Writes a commit.</summary>
    public Task<CommitResult> CommitAsync(ProcessCommit commit, CancellationToken cancellationToken) =>
        WriteAsync(new CommitItem(commit), cancellationToken);

    /// <summary>Writes a client's message.</summary>
    public Task<SendResult> SendAsync(InboxMessage message, CancellationToken cancellationToken) =>
        WriteAsync(new SendItem(message), cancellationToken);

    /// <summary>Writes an item of any kind.</summary>
    /// <typeparam name="TResult">Its outcome.</typeparam>
    public Task<TResult> WriteAsync<TResult>(WriteItem<TResult> item, CancellationToken cancellationToken)
        where TResult : notnull
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<TResult>(cancellationToken);
        }

        if (_queue.Queued == 0)
        {
            // A silo that was idle has written nothing for long, too.
            _queue.MovedAt = _timeProvider.GetTimestamp();
        }

        switch (_queue.Add(item))
        {
            case Admission.Full when item is CommitItem insert:
                insert.Decide(
                    IsWriting
                        ? CommitResult.Failed(
                            CommitStatus.Overloaded,
                            Overload ?? $"The queue of {_provider.Name} was full for a moment. Start it again.")
                        : CommitResult.Failed(
                            CommitStatus.Unavailable,
                            $"{_provider.Name} has written nothing for a while, and the queue is full."));
                item.Deliver();
                break;
            case Admission.Full or Admission.Closed:
                item.Withhold($"the store of {_provider.Name} is closed.", cause: null);
                item.Deliver();
                break;
            case Admission.Taken:
                break;
        }

        // The commits of processes cannot be cancelled, and are almost all that is written.
        return cancellationToken.CanBeCanceled ? AwaitAsync(item, cancellationToken) : item.Completion;
    }

    /// <summary>
    /// Takes nothing more, writes what is queued for a bounded time, and tells the rest that nothing of theirs was
    /// written.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        _queue.Close();
        if (!await EndsAsync())
        {
            await _stop.CancelAsync();
            TellTheRest();
            await EndsAsync();
        }

        TellTheRest();
        _stop.Dispose();
        _queue.Dispose();
    }

    private BatchExecutor MakeExecutor() =>
        new(_queue, _provider, _options, _timeProvider, _logger, _unanswered, _unclear, _stop.Token);

    private async Task<TResult> AwaitAsync<TResult>(WriteItem<TResult> item, CancellationToken cancellationToken)
        where TResult : notnull
    {
        using var registration = cancellationToken.UnsafeRegister(
            static (state, token) =>
            {
                var (queue, item) = ((WriteQueue, WriteItem<TResult>))state!;
                if (queue.Cancel(item))
                {
                    item.DeliverCancellation(token);
                }
            },
            (_queue, item));
        return await item.Completion;
    }

    private async Task<bool> EndsAsync()
    {
        try
        {
            // The writers do not end while something is set aside.
            await _writers.WaitAsync(_options.FlushTimeout, _timeProvider);
            await _watch.Ended.WaitAsync(_options.FlushTimeout, _timeProvider);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private void TellTheRest()
    {
        foreach (var item in _queue.Clear())
        {
            item.Withhold($"the store of {_provider.Name} was closed before a writer took it.", cause: null);
            item.Deliver();
        }
    }
}
