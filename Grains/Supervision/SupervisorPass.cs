using Microsoft.Extensions.Options;
using Orleans.Workflows.Grains.Clock;
using Orleans.Workflows.Grains.Definitions;
using Orleans.Workflows.Grains.Running;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Grains.Supervision;

/// <summary>
/// The looks of a supervisor over its part of the id space: what is due, what dead silos have left, what nobody has
/// taken in. Each reads pages by keyset to their end, waits for places for what it wakes, and holds up none of the
/// others. None writes a process row, the overdue kill aside.
/// </summary>
internal sealed class SupervisorPass
{
    private const int PageSize = 256;
    private const int PurgeBatches = 10;
    private const int MostKills = 32;

    /// <summary>
    /// Reading what is due from the start takes at most one in so many parts of the time, however much there is that
    /// cannot be woken.
    /// </summary>
    private const int LookShare = 10;

    /// <summary>
    /// After as long a look ends, and the next one begins: what has come meanwhile, and what was woken and did not
    /// move, is met.
    /// </summary>
    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(5);

    /// <summary>How old a message is by its sender's clock when its poke counts as lost.</summary>
    private static readonly TimeSpan MessageAge = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long ago a pass has met it when it counts as lost whatever its sender's clock says: a little less than a
    /// second, for a pass may be early.
    /// </summary>
    private static readonly TimeSpan MetAge = TimeSpan.FromMilliseconds(900);

    /// <summary>Senders' clocks may be ahead by as much.</summary>
    private static readonly TimeSpan AnySkew = TimeSpan.FromDays(365);

    private static readonly TimeSpan LeastRetention = TimeSpan.FromHours(1);

    private readonly IProcessStore _store;
    private readonly EngineClock _clock;
    private readonly ClusterTypes _types;
    private readonly WorkflowOptions _options;
    private readonly IClusterMembershipService _membership;
    private readonly OverdueKill _overdueKill;
    private readonly DeadSessions _sessions;
    private readonly Queue<(long At, long Highest)> _met = [];
    private readonly WakePacer _pacer = new(TimeProvider.System);
    private readonly WakeWindow _due;
    private readonly WakeWindow _orphans;
    private readonly WakeWindow _messages;
    private readonly HashSet<ProcessId> _killing = [];
    private long _old;
    private int _epoch;
    private DueProcess? _passed;
    private long _fullLookAt;
    private TimeSpan _fullLookRead;

    /// <summary>Makes the looks of one supervisor. All of them are for its scheduler.</summary>
    /// <param name="store">The store.</param>
    /// <param name="clock">The engine's time.</param>
    /// <param name="places">Wakes processes.</param>
    /// <param name="types">Knows what the silos can run.</param>
    /// <param name="options">The tunings.</param>
    /// <param name="membership">Knows which silos are alive.</param>
    /// <param name="overdueKill">Kills what does not do so itself.</param>
    /// <param name="sessions">Ends what dead silos have left open.</param>
    public SupervisorPass(
        IProcessStore store,
        EngineClock clock,
        ProcessPlaces places,
        ClusterTypes types,
        IOptions<WorkflowOptions> options,
        IClusterMembershipService membership,
        OverdueKill overdueKill,
        DeadSessions sessions)
    {
        (_store, _clock, _types, _options) = (store, clock, types, options.Value);
        (_membership, _overdueKill, _sessions) = (membership, overdueKill, sessions);
        PerSecond = _options.WakesPerSecond;
        (_due, _orphans, _messages) = (Window(), Window(), Window());

        WakeWindow Window() =>
            new(
                places.WakeAsync,
                cancellationToken => _pacer.NextAsync(PerSecond, cancellationToken),
                TimeProvider.System);
    }

    /// <summary>How many processes may be woken per second.</summary>
    public int PerSecond { get; set; }

    /// <summary>How many processes were woken.</summary>
    public long Woken => _due.Woken + _orphans.Woken + _messages.Woken;

    /// <summary>Wakes what is due.</summary>
    /// <param name="slices">Where to look.</param>
    /// <param name="ahead">How far to look into the future.</param>
    /// <param name="all">
    /// Whether to begin at the start, if that was not only just done, rather than behind what was met already.
    /// </param>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <returns>When the next is due; null for none so far ahead.</returns>
    public async Task<DateTimeOffset?> WakeDueAsync(
        SliceRange slices,
        TimeSpan ahead,
        bool all,
        CancellationToken cancellationToken)
    {
        ForgetIfTypesChanged();
        var began = TimeProvider.System.GetTimestamp();
        var isFull =
            all
            && (
                _fullLookAt == 0
                || TimeProvider.System.GetElapsedTime(_fullLookAt, began) >= _fullLookRead * LookShare);
        var (now, read) = (_clock.Now, TimeSpan.Zero);
        DateTimeOffset? next = null;
        _passed = isFull ? null : _passed;
        for (var page = await ReadAsync(); page.Count > 0 && next is null; page = next is null ? await ReadAsync() : [])
        {
            foreach (var due in page)
            {
                if (due.DueAt > now || TimeProvider.System.GetElapsedTime(began) > LongestLook)
                {
                    next = due.DueAt;
                    break;
                }

                if (!IsMissing(due.Needs))
                {
                    await _due.WakeAsync(due.Id, due.DueAt.Ticks, due.Bytes, due.Needs, now, cancellationToken);
                }

                _passed = due;
            }
        }

        (_fullLookAt, _fullLookRead) = isFull ? (began, read) : (_fullLookAt, _fullLookRead);
        return next;

        async Task<IReadOnlyList<DueProcess>> ReadAsync()
        {
            var asked = TimeProvider.System.GetTimestamp();
            var page = await _store.ScanDueAsync(slices, now + ahead, _passed, PageSize, cancellationToken);
            read += TimeProvider.System.GetElapsedTime(asked);
            return page;
        }
    }

    /// <summary>
    /// Wakes the processes of silos that are not Active members. A silo that nobody knows counts as dead.
    /// </summary>
    /// <returns>Whether that were all: it ends after a while, to begin anew.</returns>
    public async Task<bool> WakeOrphansAsync(SliceRange slices, CancellationToken cancellationToken)
    {
        ForgetIfTypesChanged();
        var owners = await _store.ListOwnersAsync(cancellationToken);

        // Before anything of theirs is woken: what a silo that froze has locked would be waited for.
        await _sessions.EndAsync(owners, cancellationToken);

        // From here on, or a database that answers slowly would leave no time for more than one.
        var began = TimeProvider.System.GetTimestamp();
        foreach (var owner in owners)
        {
            var status = Members.StatusOf(_membership, owner);
            if (status == SiloStatus.Active)
            {
                continue;
            }

            // A wake can still be sent to a silo that shuts down, and be lost with it. So each status is a cause of its
            // own.
            var cause = HashCode.Combine(owner, status);
            await foreach (var orphan in _store.OwnedAsync(owner, slices, PageSize, cancellationToken))
            {
                if (!IsMissing(orphan.Needs))
                {
                    await _orphans.WakeAsync(
                        orphan.Id,
                        cause,
                        orphan.Bytes,
                        orphan.Needs,
                        scanTime: null,
                        cancellationToken);
                }

                if (TimeProvider.System.GetElapsedTime(began) > LongestLook)
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>Deletes trees that have outlived their retention, so many that the next pass is not late.</summary>
    /// <returns>Completes when some, or all, are deleted.</returns>
    public async Task PurgeAsync(CancellationToken cancellationToken)
    {
        if (_options.Retention is { } retention)
        {
            var before = _clock.Now - (retention > LeastRetention ? retention : LeastRetention);
            for (
                var batch = 0;
                batch < PurgeBatches && await _store.PurgeAsync(before, limit: 100, cancellationToken) > 0;
                batch++) { }
        }
    }

    /// <summary>Wakes what has unseen messages, and carries out kills that are overdue.</summary>
    public async Task DeliverAsync(SliceRange slices, CancellationToken cancellationToken)
    {
        var now = _clock.Now;
        var began = TimeProvider.System.GetTimestamp();
        ForgetIfTypesChanged();
        Prune();
        while (_met.TryPeek(out var met) && TimeProvider.System.GetElapsedTime(met.At, began) >= MetAge)
        {
            _old = Math.Max(_old, met.Highest);
            _met.Dequeue();
        }

        // By receiver: it is woken once, however many messages it has, and anew when they are others than before.
        var receivers = new Dictionary<ProcessId, (long Cause, long Bytes)>();
        var overdue = new HashSet<ProcessId>();
        var overdueBefore = now - _options.GracePeriod - OverdueKill.Margin;
        var last = 0L;
        await foreach (var message in _store.UnseenAsync(slices, now + AnySkew, PageSize, cancellationToken))
        {
            last = message.Sequence;
            if (message.Sequence > _old && message.SentAt >= now - MessageAge)
            {
                continue;
            }

            var (cause, bytes) = receivers.GetValueOrDefault(message.Receiver, (0, message.Bytes));
            receivers[message.Receiver] = (HashCode.Combine(cause, message.Sequence), bytes + message.PayloadBytes);
            if (
                message.Kind == MessageKind.ForceKill
                || (message.Kind == MessageKind.Kill && message.SentAt < overdueBefore))
            {
                overdue.Add(message.Receiver);
            }
        }

        _met.Enqueue((began, last));
        Kill(overdue, cancellationToken);
        foreach (var (id, (cause, bytes)) in receivers)
        {
            if (TimeProvider.System.GetElapsedTime(began) > LongestLook)
            {
                return;
            }

            await _messages.WakeAsync(id, cause, bytes, needs: null, scanTime: null, cancellationToken);
        }
    }

    /// <summary>
    /// What no live silo can run is woken when one comes that can, or when it has been so long that it is an incident.
    /// </summary>
    private bool IsMissing(NeededType needs) => _types.IsInVain(needs, _options.NotRunnableTimeout);

    /// <summary>When silos with other types have come, what was woken in vain may be runnable now.</summary>
    private void ForgetIfTypesChanged()
    {
        if (_types.Epoch is var epoch && epoch != _epoch)
        {
            (_epoch, _fullLookAt) = (epoch, 0);
            _due.Forget();
            _orphans.Forget();
            _messages.Forget();
        }
    }

    private void Prune()
    {
        _due.Prune();
        _orphans.Prune();
        _messages.Prune();
    }

    /// <summary>Beside the look: a kill that is slow to carry out holds up neither the others nor any wake.</summary>
    private void Kill(HashSet<ProcessId> overdue, CancellationToken cancellationToken)
    {
        foreach (var id in overdue.Where(id => _killing.Count < MostKills && _killing.Add(id)))
        {
            KillAsync(id, cancellationToken).Ignore();
        }
    }

    private async Task KillAsync(ProcessId id, CancellationToken cancellationToken)
    {
        try
        {
            await _overdueKill.CarryOutAsync(id, cancellationToken);
        }
        finally
        {
            _killing.Remove(id);
        }
    }
}
