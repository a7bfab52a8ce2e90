namespace Orleans.Workflows.Grains.Supervision;

/// <summary>
/// Wakes processes in a part of the id space: those that are due, those whose silo is gone, those with unseen messages.
/// Its key is that of a <see cref="SupervisorKey"/>.
/// </summary>
[Alias("owf.ISupervisorGrain")]
internal interface ISupervisorGrain : IGrainWithIntegerKey
{
    /// <summary>Sees to the reminder and makes a pass.</summary>
    /// <param name="ownersToo">Whether silos that are gone are looked for in any case.</param>
    [Alias("Scan")]
    Task ScanAsync(bool ownersToo);
}
