using Orleans.Placement;

namespace Orleans.Workflows.Grains.Supervision;

/// <summary>Places a grain as supervisors are placed.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class SupervisorPlacementAttribute() : PlacementAttribute(new SupervisorPlacement());
