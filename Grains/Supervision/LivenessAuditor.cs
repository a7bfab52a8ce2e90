using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Clock;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Grains.Telemetry;

namespace Orleans.Workflows.Grains.Supervision;

/// <summary>
/// Counts what should have moved and has not: timers and messages that are late, steps of silos that are gone, steps of
/// this silo that it does not run. Zero is the only good value. Each scan goes along an index and is bounded, however
/// many processes there are.
/// </summary>
internal sealed class LivenessAuditor(
    IProcessStore store,
    EngineClock clock,
    IClusterMembershipService membership,
    ILocalSiloDetails details,
    WorkflowInstruments instruments,
    StoreOutage outage)
{
    private readonly Dictionary<string, DateTimeOffset> _goneSince = new(StringComparer.Ordinal);
    private Dictionary<ProcessId, DateTimeOffset> _undrivenSince = [];

    /// <summary>What the last audit found.</summary>
    public StuckProcesses Stuck => instruments.Audit.Stuck;

    /// <summary>Counts anew.</summary>
    /// <param name="undriven">The processes that this silo owns and nothing in it runs.</param>
    /// <param name="cancellationToken">Ends the audit.</param>
    public async Task AuditAsync(IReadOnlyCollection<ProcessId> undriven, CancellationToken cancellationToken)
    {
        var now = clock.Now;
        var ages = new List<TimeSpan> { TimeSpan.Zero };
        var timers = await store.ScanDueAsync(
            SliceRange.All,
            now,
            after: null,
            AuditReport.StuckCountedAtMost,
            cancellationToken);
        outage.Answered();
        ages.AddRange(timers.Take(1).Select(timer => now - timer.DueAt));

        // Controls but kill wait for the end of a running step for as long as that takes; that is no fault.
        var messages = (
            await store.ScanUnseenAsync(
                SliceRange.All,
                now,
                afterSequence: 0,
                AuditReport.StuckCountedAtMost,
                cancellationToken))
            .Where(static message => message.Kind.IsTakenBesideStep())
            .ToList();
        ages.AddRange(messages.Select(message => now - message.SentAt));
        var orphans = 0;
        foreach (var (owner, since) in await GoneOwnersAsync(now, cancellationToken))
        {
            var owned = await store.ScanOwnedAsync(
                owner,
                SliceRange.All,
                after: null,
                AuditReport.StuckCountedAtMost,
                cancellationToken);
            orphans += IsLate(since) ? owned.Count : 0;
            ages.AddRange(owned.Take(1).Select(_ => now - since));
        }

        _undrivenSince = undriven
            .Take(AuditReport.StuckCountedAtMost)
            .ToDictionary(static id => id, id => _undrivenSince.TryGetValue(id, out var since) ? since : now);
        ages.AddRange(_undrivenSince.Values.Select(since => now - since));
        instruments.Audit = new AuditReport(
            new StuckProcesses(
                timers.Count(timer => IsLate(timer.DueAt)),
                messages.Count(message => IsLate(message.SentAt)),
                orphans,
                _undrivenSince.Values.Count(IsLate))
            {
                OldestAge = ages.Max(),
            },
            TellsTheWhole() ? await store.CountLiveAsync(AuditReport.LiveCountedAtMost, cancellationToken) : null);

        bool IsLate(DateTimeOffset since) => since <= now - AuditReport.Objective;
    }

    /// <summary>
    /// Numbers of the whole cluster are told by one silo, or they would be counted several times and added up: the home
    /// of the first supervisor.
    /// </summary>
    private bool TellsTheWhole() =>
        details.SiloAddress.Equals(
            SupervisorPlacement.Home(
                index: 0,
                Members.ActiveOf(membership)));

    private async Task<IReadOnlyCollection<KeyValuePair<string, DateTimeOffset>>> GoneOwnersAsync(
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var owners = await store.ListOwnersAsync(cancellationToken);
        var gone = owners
            .Where(owner => Members.StatusOf(membership, owner) != SiloStatus.Active)
            .ToHashSet(StringComparer.Ordinal);
        foreach (var back in _goneSince.Keys.Where(owner => !gone.Contains(owner)).ToList())
        {
            _goneSince.Remove(back);
        }

        gone.ToList().ForEach(owner => _goneSince.TryAdd(owner, now));
        return _goneSince;
    }
}
