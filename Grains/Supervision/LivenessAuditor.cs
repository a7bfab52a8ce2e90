using System.Diagnostics.Metrics;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Running;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Grains.Supervision;

/// <summary>
/// Counts what should have moved and has not: timers and messages that are late, steps of silos that are gone. Zero is the only good
/// value. Published as the instrument <c>orleans.workflows.stuck</c> of the meter 'Orleans.Workflows', by reason.
/// </summary>
internal sealed class LivenessAuditor : IDisposable
{
    private const int CountedAtMost = 1_000;

    /// <summary>How late something is before it counts: twice what the supervisors need in the worst case, with their timers alone.</summary>
    private static readonly TimeSpan Objective = TimeSpan.FromSeconds(30);

    private readonly SiloRuntime _silo;
    private readonly IClusterMembershipService _membership;
    private readonly Meter _meter;
    private readonly Dictionary<string, DateTimeOffset> _goneSince = new(StringComparer.Ordinal);
    private volatile StuckProcesses _stuck = new(0, 0, 0);

    /// <summary>Makes the auditor and its instrument.</summary>
    /// <param name="silo">What the silo shares.</param>
    /// <param name="membership">Knows which silos are alive.</param>
    /// <param name="meters">Makes the meter.</param>
    public LivenessAuditor(SiloRuntime silo, IClusterMembershipService membership, IMeterFactory meters)
    {
        _silo = silo;
        _membership = membership;
        _meter = meters.Create("Orleans.Workflows");
        _meter.CreateObservableGauge(
            "orleans.workflows.stuck",
            () => new Measurement<int>[]
            {
                new(_stuck.LateTimers, new KeyValuePair<string, object?>("reason", "late timer")),
                new(_stuck.LateMessages, new KeyValuePair<string, object?>("reason", "late message")),
                new(_stuck.Orphans, new KeyValuePair<string, object?>("reason", "orphan")),
            },
            unit: "{process}",
            description: $"Processes that should have moved {Objective.TotalSeconds} s ago and have not; at most {CountedAtMost} of each reason are counted.");
    }

    /// <summary>What the last audit found.</summary>
    public StuckProcesses Stuck => _stuck;

    /// <summary>Counts anew.</summary>
    /// <param name="cancellationToken">Ends the audit.</param>
    /// <returns>Completes when it is counted.</returns>
    public async Task AuditAsync(CancellationToken cancellationToken)
    {
        var late = _silo.Now - Objective;
        var timers = await _silo.Store.ScanDueAsync(SliceRange.All, late, after: null, CountedAtMost, cancellationToken);
        var messages = await _silo.Store.ScanUnseenAsync(SliceRange.All, late, afterSequence: 0, CountedAtMost, cancellationToken);
        var orphans = 0;
        foreach (var owner in await GoneOwnersAsync(cancellationToken))
        {
            orphans += (await _silo.Store.ScanOwnedAsync(owner, SliceRange.All, after: null, CountedAtMost, cancellationToken)).Count;
        }

        // Controls but kill wait for the end of a running step for as long as that takes; that is no fault.
        var undelivered = messages.Count(static message => message.Kind is MessageKind.Signal or MessageKind.ChildEnded or MessageKind.Kill or MessageKind.ForceKill);
        _stuck = new StuckProcesses(timers.Count, undelivered, orphans);
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    private async Task<List<string>> GoneOwnersAsync(CancellationToken cancellationToken)
    {
        var owners = await _silo.Store.ListOwnersAsync(cancellationToken);
        var gone = owners.Where(owner => _membership.StatusOf(owner) != SiloStatus.Active).ToHashSet(StringComparer.Ordinal);
        foreach (var back in _goneSince.Keys.Where(owner => !gone.Contains(owner)).ToList())
        {
            _goneSince.Remove(back);
        }

        gone.ToList().ForEach(owner => _goneSince.TryAdd(owner, _silo.Now));
        return [.. _goneSince.Where(owner => owner.Value + Objective <= _silo.Now).Select(static owner => owner.Key)];
    }
}
