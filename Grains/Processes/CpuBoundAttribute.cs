namespace Orleans.Workflows;

/// <summary>
/// Says that a step computes for long without awaiting. It runs on threads of its own, as many at a time as
/// <see cref="WorkflowOptions.CpuBoundSteps"/> says, so that the silo goes on meanwhile; its result comes back to the
/// process's turn.
/// </summary>
/// <remarks>
/// A step that computes for more than a second and is not marked is named in a warning and counted by a metric.
/// </remarks>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CpuBoundAttribute : Attribute;
