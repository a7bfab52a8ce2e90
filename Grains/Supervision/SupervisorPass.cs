using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Running;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Grains.Supervision;

/// <summary>One pass over a part of the id space. Reads pages by keyset to their end; writes no process row, the overdue kill aside.</summary>
internal sealed class SupervisorPass(SiloRuntime silo, IClusterMembershipService membership, OverdueKill overdueKill)
{
    private const int PageSize = 256;
    private const int PurgeBatches = 10;

    /// <summary>How many wakes of one kind may be under way. More would only wait in the silos, take memory there, and make other work wait.</summary>
    private const int MostUnderWay = 128;

    /// <summary>How old a message is by its sender's clock when its poke counts as lost.</summary>
    private static readonly TimeSpan MessageAge = TimeSpan.FromSeconds(1);

    /// <summary>How long ago a pass has met it when it counts as lost whatever its sender's clock says: a little less than a second, for a pass may be early.</summary>
    private static readonly TimeSpan MetAge = TimeSpan.FromMilliseconds(900);

    /// <summary>Senders' clocks may be ahead by as much.</summary>
    private static readonly TimeSpan AnySkew = TimeSpan.FromDays(365);

    private static readonly TimeSpan LeastRetention = TimeSpan.FromHours(1);

    private readonly Queue<(long At, long Highest)> _met = [];
    private readonly WakePacer _pacer = new(TimeProvider.System);
    private readonly WakeBackoff _backoff = new(TimeProvider.System);
    private long _old;

    /// <summary>How many processes were woken.</summary>
    public long Woken { get; private set; }

    /// <summary>Wakes what is due: all of it, or as many as may be under way. What cannot be woken counts for some seconds only, and then holds up nothing.</summary>
    /// <param name="slices">Where to look.</param>
    /// <param name="ahead">How far to look into the future.</param>
    /// <param name="perSecond">How many wakes per second.</param>
    /// <param name="cancellationToken">Ends the pass.</param>
    /// <returns>When the next is due, now when there are more than were woken; null for none so far ahead.</returns>
    public async Task<DateTimeOffset?> WakeDueAsync(SliceRange slices, TimeSpan ahead, int perSecond, CancellationToken cancellationToken)
    {
        var now = silo.Now;
        var underWay = 0;
        DueProcess? last = null;
        for (var page = await silo.Store.ScanDueAsync(slices, now + ahead, last, PageSize, cancellationToken);
             page.Count > 0;
             page = await silo.Store.ScanDueAsync(slices, now + ahead, last, PageSize, cancellationToken))
        {
            foreach (var due in page)
            {
                if (due.DueAt > now || underWay >= MostUnderWay)
                {
                    return due.DueAt > now ? due.DueAt : now;
                }

                underWay += await WakeAsync(due.Id, due.DueAt.Ticks, now, perSecond, cancellationToken) ? 1 : 0;
            }

            last = page[^1];
        }

        return null;
    }

    /// <summary>
    /// Wakes the processes of silos that are not Active members: all of them, or as many as may be under way. A silo that nobody knows
    /// counts as dead.
    /// </summary>
    /// <param name="slices">Where to look.</param>
    /// <param name="perSecond">How many wakes per second.</param>
    /// <param name="cancellationToken">Ends the pass.</param>
    /// <returns>Whether that were all.</returns>
    public async Task<bool> WakeOrphansAsync(SliceRange slices, int perSecond, CancellationToken cancellationToken)
    {
        var underWay = 0;
        foreach (var owner in await silo.Store.ListOwnersAsync(cancellationToken))
        {
            var status = Owners.StatusOf(membership, owner);
            if (status == SiloStatus.Active)
            {
                continue;
            }

            // A wake can still be sent to a silo that shuts down, and be lost with it. So each status is a cause of its own.
            var cause = HashCode.Combine(owner, status);
            ProcessId? last = null;
            for (var page = await silo.Store.ScanOwnedAsync(owner, slices, last, PageSize, cancellationToken);
                 page.Count > 0;
                 page = await silo.Store.ScanOwnedAsync(owner, slices, last, PageSize, cancellationToken))
            {
                last = page[^1];
                foreach (var id in page)
                {
                    if (underWay >= MostUnderWay)
                    {
                        return false;
                    }

                    underWay += await WakeAsync(id, cause, scanTime: null, perSecond, cancellationToken) ? 1 : 0;
                }
            }
        }

        return true;
    }

    /// <summary>Deletes trees that have outlived their retention, so many that the next pass is not late.</summary>
    /// <param name="cancellationToken">Ends the pass.</param>
    /// <returns>Completes when some, or all, are deleted.</returns>
    public async Task PurgeAsync(CancellationToken cancellationToken)
    {
        if (silo.Options.Retention is { } retention)
        {
            var before = silo.Now - (retention > LeastRetention ? retention : LeastRetention);
            for (var batch = 0; batch < PurgeBatches && await silo.Store.PurgeAsync(before, limit: 100, cancellationToken) > 0; batch++)
            {
            }
        }
    }

    /// <summary>Wakes what has unseen messages, and carries out kills that are overdue.</summary>
    /// <param name="slices">Where to look.</param>
    /// <param name="perSecond">How many wakes per second.</param>
    /// <param name="cancellationToken">Ends the pass.</param>
    /// <returns>Completes at the end of the pass.</returns>
    public async Task DeliverAsync(SliceRange slices, int perSecond, CancellationToken cancellationToken)
    {
        var now = silo.Now;
        var overdue = now - silo.Options.GracePeriod - OverdueKill.Margin;
        _backoff.Prune();
        var began = TimeProvider.System.GetTimestamp();
        while (_met.TryPeek(out var met) && TimeProvider.System.GetElapsedTime(met.At, began) >= MetAge)
        {
            _old = Math.Max(_old, met.Highest);
            _met.Dequeue();
        }

        var underWay = 0;
        var last = 0L;
        for (var page = await silo.Store.ScanUnseenAsync(slices, now + AnySkew, last, PageSize, cancellationToken);
             page.Count > 0;
             page = await silo.Store.ScanUnseenAsync(slices, now + AnySkew, last, PageSize, cancellationToken))
        {
            last = page[^1].Sequence;
            foreach (var message in page.Where(message => message.Sequence <= _old || message.SentAt < now - MessageAge))
            {
                if (message.Kind == MessageKind.ForceKill || (message.Kind == MessageKind.Kill && message.SentAt < overdue))
                {
                    await overdueKill.CarryOutAsync(message.Receiver, cancellationToken);
                }

                if (underWay < MostUnderWay)
                {
                    underWay += await WakeAsync(message.Receiver, -message.Sequence, scanTime: null, perSecond, cancellationToken) ? 1 : 0;
                }
            }
        }

        _met.Enqueue((began, last));
    }

    /// <summary>Wakes a process, unless it was woken a short time ago.</summary>
    /// <returns>Whether its first wake is under way.</returns>
    private async Task<bool> WakeAsync(ProcessId id, long cause, DateTimeOffset? scanTime, int perSecond, CancellationToken cancellationToken)
    {
        if (_backoff.MaySend(id, cause, out var isUnderWay))
        {
            await _pacer.NextAsync(perSecond, cancellationToken);
            silo.Poke(id, scanTime);
            Woken++;
        }

        return isUnderWay;
    }
}
