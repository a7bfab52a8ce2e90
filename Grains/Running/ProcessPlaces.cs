using Orleans.Runtime.Placement;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Definitions;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Grains.Running;

/// <summary>Calls processes so that those which are not in memory come to a silo that can run them.</summary>
internal sealed class ProcessPlaces(IGrainFactory grains, ClusterTypes types, ILocalSiloDetails silo)
{
    /// <summary>Says to a process that there may be something to do. One way: it may be lost.</summary>
    /// <param name="id">The process.</param>
    /// <param name="needed">What a silo must have to run it; null when that is not known.</param>
    /// <param name="scanTime">The time for which a scan found it due.</param>
    public void Poke(ProcessId id, NeededType? needed = null, DateTimeOffset? scanTime = null) =>
        (types.IsUniform ? Of(id).PokeAsync(scanTime) : PokeAtAsync(id, needed, scanTime)).Ignore();

    /// <summary>Says the same, and is answered.</summary>
    /// <param name="id">The process.</param>
    /// <param name="needed">What a silo must have to run it; null when that is not known.</param>
    /// <param name="scanTime">The time for which a scan found it due.</param>
    /// <returns>Completes when it has looked; fails when it cannot be reached, or does not answer in time.</returns>
    public Task WakeAsync(ProcessId id, NeededType? needed, DateTimeOffset? scanTime) =>
        types.IsUniform ? Of(id).WakeAsync(scanTime) : WakeAtAsync(id, needed, scanTime);

    /// <summary>Starts a process.</summary>
    /// <param name="place">The silo to which it comes unless it is in memory; null for any.</param>
    /// <param name="id">The process.</param>
    /// <param name="request">The start.</param>
    /// <param name="observer">Who is told of the end; null for nobody.</param>
    public async Task<StartReply> StartAsync(
        SiloAddress? place,
        ProcessId id,
        StartRequest request,
        IProcessObserver? observer)
    {
        Set(place);
        return await Of(id).StartAsync(request, observer);
    }

    private async Task PokeAtAsync(ProcessId id, NeededType? needed, DateTimeOffset? scanTime)
    {
        Set(PlaceOf(needed));
        await Of(id).PokeAsync(scanTime);
    }

    private async Task WakeAtAsync(ProcessId id, NeededType? needed, DateTimeOffset? scanTime)
    {
        Set(PlaceOf(needed));
        await Of(id).WakeAsync(scanTime);
    }

    private IProcessGrain Of(ProcessId id) => grains.GetGrain<IProcessGrain>(id.Value);

    /// <summary>
    /// Whoever wakes what nobody can run counts for how long nobody could: then it comes here, where that is known.
    /// </summary>
    private SiloAddress? PlaceOf(NeededType? needed) =>
        needed is { } needs ? types.Find(needs) ?? silo.SiloAddress : null;

    /// <summary>Called by asynchronous methods only: what they set, their callers do not see.</summary>
    private static void Set(SiloAddress? hint)
    {
        if (hint is not null)
        {
            RequestContext.Set(IPlacementDirector.PlacementHintKey, hint);
        }
        else
        {
            RequestContext.Remove(IPlacementDirector.PlacementHintKey);
        }
    }
}
