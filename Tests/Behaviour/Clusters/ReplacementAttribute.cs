namespace Orleans.Workflows.Behaviour.Clusters;

/// <summary>
/// Marks a later definition of a process type, which a cluster has only after
/// <see cref="BehaviourCluster.RestartAsync"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ReplacementAttribute : Attribute;
