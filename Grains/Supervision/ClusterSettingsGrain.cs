using Orleans.Storage;

namespace Orleans.Workflows.Grains.Supervision;

/// <summary>Keeps the cluster's settings.</summary>
/// <remarks>
/// Kept alive: while a machine's clock is behind where it was, Orleans cannot activate what it would collect when idle
/// (decision 19).
/// </remarks>
[KeepAlive, GrainType("owf.settings")]
internal sealed class ClusterSettingsGrain(
    [PersistentState("cluster-settings", ControlPlane.StorageName)] IPersistentState<ClusterSettingsState> state
) : Grain, IClusterSettingsGrain
{
    /// <inheritdoc/>
    public Task<ClusterSettings> GetAsync() => Task.FromResult(state.State.Settings);

    /// <inheritdoc/>
    public async Task SetAsync(ClusterSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        try
        {
            await WriteAsync(settings);
        }
        catch (InconsistentStateException)
        {
            // The database fell back behind what this grain knows. What it has is read again, and what was asked for
            // counts.
            await state.ReadStateAsync();
            await WriteAsync(settings);
        }
    }

    private Task WriteAsync(ClusterSettings settings)
    {
        state.State.Settings = settings;
        return state.WriteStateAsync();
    }
}
