using Orleans.Runtime.Placement;

namespace Orleans.Workflows.Grains.Supervision;

/// <summary>Chooses the silo of a supervisor that is activated.</summary>
internal sealed class SupervisorPlacementDirector : IPlacementDirector
{
    /// <inheritdoc/>
    public Task<SiloAddress> OnAddActivation(
        PlacementStrategy strategy,
        PlacementTarget target,
        IPlacementContext context)
    {
        var index = target.GrainIdentity.TryGetIntegerKey(out var key, out _) ? SupervisorKey.Of(key).Index : 0;
        return Task.FromResult(SupervisorPlacement.Home(index, context.GetCompatibleSilos(target))
            ?? throw new OrleansException($"No silo can run the supervisor {index}."));
    }
}
