using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Grains.Definitions;

/// <summary>
/// Knows which live silo can run what, from the manifests that silos exchange with their membership (decision 17).
/// </summary>
/// <param name="manifests">What each silo says of itself.</param>
/// <param name="membership">Which silos there are.</param>
/// <param name="time">The clock by which the time counts that nobody has a type.</param>
/// <param name="logger">Writes log lines.</param>
internal sealed partial class ClusterTypes(
    IClusterManifestProvider manifests,
    IClusterMembershipService membership,
    [FromKeyedServices(WorkflowTimeProviderNames.Engine)] TimeProvider time,
    ILogger<ClusterTypes> logger)
{
    /// <summary>
    /// How long a silo that joins is waited for before a type is called unknown: one that dies meanwhile may stay in
    /// the table for days.
    /// </summary>
    private static readonly TimeSpan JoinPatience = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<(NeededType Needed, int Format), DateTimeOffset> _missingSince = new();
    private readonly ConcurrentDictionary<SiloAddress, long> _joiningSince = new();
    private readonly Lock _lock = new();
    private readonly ILogger _logger = logger;
    private TypesView? _view;
    private int _epoch;
    private long _lookedAt;

    /// <summary>What the silos can run now.</summary>
    public TypesView Current =>
        Volatile.Read(ref _view) is { } view && ReferenceEquals(view.Manifest, manifests.Current) ? view : Read();

    /// <summary>
    /// Whether it makes no difference which silo a process comes to. Reads two fields: what all silos have alike costs
    /// nothing more.
    /// </summary>
    public bool IsUniform => Current.IsUniform;

    /// <summary>Another number when there may be a silo now for what had none.</summary>
    public int Epoch => Current is null ? 0 : Volatile.Read(ref _epoch);

    /// <summary>The names of the process types that a live silo has, sorted.</summary>
    public IReadOnlyList<string> Names =>
        [
            .. Current
                .Silos.SelectMany(static silo => silo.Types?.Versions.Keys ?? [])
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>Finds a live silo that would not know what to do with a message.</summary>
    /// <returns>The silo's name; null when all of them know the kind.</returns>
    /// <remarks>
    /// One that says nothing of itself counts as knowing the kinds of the last version that said nothing.
    /// </remarks>
    public string? WhoDoesNotKnow(MessageKind kind) =>
        IsUniform ? null : Current.Silos.FirstOrDefault(silo => silo.Types?.Knows(kind) == false)?.Name;

    /// <summary>Finds a live silo that can run a process.</summary>
    /// <param name="needed">What it needs.</param>
    /// <param name="format">The format of its checkpoint; 0 when that is not known.</param>
    /// <returns>Any of them; null when there is none.</returns>
    public SiloAddress? Find(NeededType needed, int format = 0)
    {
        var able = Current.Able(needed, format);
        return able.Count == 0 ? null : able[Random.Shared.Next(able.Count)].Address;
    }

    /// <summary>
    /// Whether waking a process would be in vain: no live silo can run it, and it is too soon to call that an incident.
    /// </summary>
    /// <returns>
    /// Whether it would. A silo that has just come is asked first: the process is woken when that has answered.
    /// </returns>
    public bool IsInVain(NeededType needed, TimeSpan limit) => Find(needed) is null && !(MissingFor(needed) >= limit);

    /// <summary>Says for how long no live silo has been able to run a process, as far as this silo has asked.</summary>
    /// <param name="needed">What it needs.</param>
    /// <param name="format">The format of its checkpoint; 0 when that is not known.</param>
    /// <returns>How long; null while there is such a silo, or a silo that is not known yet.</returns>
    public TimeSpan? MissingFor(NeededType needed, int format = 0)
    {
        var view = Current;
        if (!view.IsComplete || view.Able(needed, format).Count > 0)
        {
            return null;
        }

        var now = time.GetUtcNow();
        if (_missingSince.TryAdd((needed, format), now))
        {
            LogMissing(needed.Name, needed.Version);
        }

        return now - _missingSince.GetValueOrDefault((needed, format), now);
    }

    /// <summary>
    /// Looks into the membership itself before something is called unknown: word of a new silo may still be on its way.
    /// </summary>
    /// <returns>Why it cannot be told yet what the cluster has; null when it can.</returns>
    public async Task<string?> WhyNotKnownAsync()
    {
        if (_lookedAt == 0 || TimeProvider.System.GetElapsedTime(_lookedAt) > LookInterval)
        {
            try
            {
                await membership.Refresh(default, CancellationToken.None);
                _lookedAt = TimeProvider.System.GetTimestamp();
            }
            catch (Exception e)
            {
                // The table may be in a database that is away.
                return $"The cluster's membership cannot be read: {e.Message}";
            }
        }

        return !Current.IsComplete ? "A silo has just become a member, and has not said yet what it can run."
            : !IsJoined() ? "A silo joins, and may have it."
            : null;
    }

    /// <summary>Tells of each change after which there may be a silo for what had none.</summary>
    public async IAsyncEnumerable<int> ChangesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var last = Epoch;
        await foreach (var _ in manifests.Updates.WithCancellation(cancellationToken))
        {
            if (Epoch is var epoch && epoch != last)
            {
                yield return last = epoch;
            }
        }
    }

    [LoggerMessage(
        400035,
        LogLevel.Warning,
        "No live silo can run processes of type '{Type}' that need version {Version} of it: they wait for one."
    )]
    private partial void LogMissing(string type, int version);

    private TypesView Read()
    {
        lock (_lock)
        {
            var manifest = manifests.Current;
            if (_view is { } known && ReferenceEquals(known.Manifest, manifest))
            {
                return known;
            }

            var view = TypesView.Of(manifest, membership.CurrentSnapshot);
            _epoch += _view is not null && view.Key != _view.Key ? 1 : 0;

            // What somebody has now is not missing, and its time begins anew when that silo is gone again.
            foreach (
                var missing in _missingSince.Keys.Where(missing =>
                    view.Able(missing.Needed, missing.Format).Count > 0))
            {
                _missingSince.TryRemove(missing, out DateTimeOffset _);
            }

            Volatile.Write(ref _view, view);
            return view;
        }
    }

    private bool IsJoined()
    {
        var joining = membership
            .CurrentSnapshot.Members.Values.Where(static member => member.Status == SiloStatus.Joining)
            .Select(static member => member.SiloAddress)
            .ToList();
        foreach (var gone in _joiningSince.Keys.Except(joining))
        {
            _joiningSince.TryRemove(gone, out _);
        }

        var now = TimeProvider.System.GetTimestamp();
        return joining.All(silo =>
            TimeProvider.System.GetElapsedTime(_joiningSince.GetOrAdd(silo, now), now) > JoinPatience);
    }
}
