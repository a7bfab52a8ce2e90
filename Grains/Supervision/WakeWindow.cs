using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Grains.Supervision;

/// <summary>
/// The wakes of one kind: which of them are due, and how many are under way, in number and in bytes. More would only
/// wait in the silos, take their memory, and make other work wait. A process has one place, however many reasons there
/// are to wake it, and any answer frees it.
/// </summary>
/// <param name="wake">
/// Wakes a process. Completes when that was answered, or nobody waits for an answer any more.
/// </param>
/// <param name="next">Completes when the next one may be sent.</param>
/// <param name="pace">The clock of the back-off: one that does not jump.</param>
internal sealed class WakeWindow(
    Func<ProcessId, NeededType?, DateTimeOffset?, Task> wake,
    Func<CancellationToken, ValueTask> next,
    TimeProvider pace)
{
    /// <summary>How many processes may be woken at a time for the first time.</summary>
    public const int FirstPlaces = 128;

    /// <summary>
    /// How many may be woken again at a time: those that were woken before and have not moved keep no place from the
    /// others.
    /// </summary>
    public const int RepeatedPlaces = 32;

    /// <summary>
    /// How many bytes those that are under way may have to load together. One that has more goes alone.
    /// </summary>
    public const long MostBytes = 16 << 20;

    private readonly Lock _lock = new();
    private readonly WakeBackoff _backoff = new(pace);
    private readonly HashSet<ProcessId> _underWay = [];
    private TaskCompletionSource? _freed;
    private int _forgotten;
    private int _first;
    private long _bytes;

    /// <summary>How many wakes were sent.</summary>
    public long Woken { get; private set; }

    /// <summary>
    /// Wakes a process unless it is being woken, or was a short time ago. A first wake waits for a place; another one
    /// is left out without one.
    /// </summary>
    /// <param name="id">The process.</param>
    /// <param name="cause">Tells one reason for waking from the next.</param>
    /// <param name="bytes">How much there is to load.</param>
    /// <param name="needs">What a silo must have to run it; null when that is not known.</param>
    /// <param name="scanTime">The time for which it was found due; null when it was not for its time.</param>
    /// <param name="cancellationToken">Ends the wait for a place.</param>
    /// <returns>Completes when it is sent, or left out.</returns>
    public async ValueTask WakeAsync(
        ProcessId id,
        long cause,
        long bytes,
        NeededType? needs,
        DateTimeOffset? scanTime,
        CancellationToken cancellationToken)
    {
        while (Enter(id, cause, bytes, out var isFirst, out var freed))
        {
            if (freed is null)
            {
                // Before anything is awaited: all is forgotten by turns of the same scheduler.
                var forgotten = _forgotten;
                await next(cancellationToken);
                Woken++;
                _ = FollowAsync(id, isFirst, bytes, needs, scanTime, forgotten);
                return;
            }

            await freed.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Forgets processes that were not met again for a while: they have moved.</summary>
    public void Prune()
    {
        lock (_lock)
        {
            _backoff.Prune();
        }
    }

    /// <summary>
    /// Forgets all processes that were woken: there is a new reason to wake each. Also those that are under way: what
    /// was sent to a silo that is gone may be without an answer for seconds.
    /// </summary>
    public void Forget()
    {
        lock (_lock)
        {
            _backoff.Clear();
            _underWay.Clear();
            (_first, _bytes) = (0, 0);
            _forgotten++;
            Free();
        }
    }

    /// <summary>Takes a place.</summary>
    /// <returns>
    /// Whether there is something to do: with a place when <paramref name="freed"/> is null, else when that is
    /// completed.
    /// </returns>
    private bool Enter(ProcessId id, long cause, long bytes, out bool isFirst, out Task? freed)
    {
        lock (_lock)
        {
            freed = null;
            if (!_backoff.MayWake(id, cause, out isFirst) || _underWay.Contains(id))
            {
                return false;
            }

            var isFull = isFirst ? _first >= FirstPlaces : _underWay.Count - _first >= RepeatedPlaces;
            if (isFull || (_bytes > 0 && _bytes + bytes > MostBytes))
            {
                freed = isFirst
                    ? (_freed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task
                    : null;
                return isFirst;
            }

            _backoff.Note(id, cause);
            _underWay.Add(id);
            _first += isFirst ? 1 : 0;
            _bytes += bytes;
            return true;
        }
    }

    private async Task FollowAsync(
        ProcessId id, bool isFirst, long bytes, NeededType? needs, DateTimeOffset? scanTime, int forgotten)
    {
        try
        {
            await wake(id, needs, scanTime);
        }
        catch (Exception)
        {
            // Refused, failed or unanswered: whatever it is, the process is met again if it has not moved, and the
            // back-off says when.
        }

        lock (_lock)
        {
            if (forgotten == _forgotten)
            {
                _underWay.Remove(id);
                _first -= isFirst ? 1 : 0;
                _bytes -= bytes;
                Free();
            }
        }
    }

    private void Free()
    {
        _freed?.SetResult();
        _freed = null;
    }
}
