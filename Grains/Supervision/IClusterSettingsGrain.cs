namespace Orleans.Workflows;

/// <summary>
/// What operators set for the whole cluster while it runs. Durable in AdoNet grain storage; its key is 0. For code in a
/// silo; for clients where <see cref="WorkflowOptions.ManagementByClients"/> is set.
/// </summary>
[Alias("owf.IClusterSettingsGrain")]
[GrainInterfaceType("Orleans.Workflows.Grains.Supervision.IClusterSettingsGrain")]
public interface IClusterSettingsGrain : IGrainWithIntegerKey
{
    /// <summary>Reads the settings.</summary>
    /// <returns>The settings.</returns>
    [Alias("Get")]
    Task<ClusterSettings> GetAsync();

    /// <summary>Replaces the settings. Durable when it returns; each silo follows within seconds.</summary>
    /// <param name="settings">The settings.</param>
    /// <returns>Completes when they are durable.</returns>
    [Alias("Set")]
    Task SetAsync(ClusterSettings settings);
}
