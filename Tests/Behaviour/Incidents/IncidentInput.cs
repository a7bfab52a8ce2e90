namespace Orleans.Workflows.Behaviour.Incidents;

/// <summary>What the process takes.</summary>
/// <param name="Express">Whether the outline's predicate holds from the start.</param>
public sealed record IncidentInput(bool Express = false);
