using Orleans.Workflows.Storage.AdoNet;

namespace Orleans.Workflows.Silo.Hosting;

/// <summary>Makes the control plane's tables before Orleans' providers look for them.</summary>
internal sealed class ControlPlaneStartup(DataFolder folder) : ILifecycleParticipant<ISiloLifecycle>
{
    /// <inheritdoc/>
    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(
        nameof(ControlPlaneStartup),
        ServiceLifecycleStage.RuntimeServices,
        cancellationToken => ControlPlaneSchema.ApplySqliteAsync(folder.ControlPlane, cancellationToken));
}
