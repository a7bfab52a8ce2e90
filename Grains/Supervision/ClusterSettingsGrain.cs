
namespace Orleans.Workflows.Grains.Supervision;

/// <summary>Keeps the cluster's settings.</summary>
[GrainType("owf.settings")]
internal sealed class ClusterSettingsGrain(
    [PersistentState("cluster-settings", ControlPlane.StorageName)] IPersistentState<ClusterSettingsState> state) : Grain, IClusterSettingsGrain
{
    /// <inheritdoc/>
    public Task<ClusterSettings> GetAsync() => Task.FromResult(state.State.Settings);

    /// <inheritdoc/>
    public Task SetAsync(ClusterSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        state.State.Settings = settings;
        return state.WriteStateAsync();
    }
}
