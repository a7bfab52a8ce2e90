namespace Orleans.Workflows.Behaviour.Incidents;

/// <summary>What the process did.</summary>
/// <param name="Did">The steps that completed by themselves, in order, with their numbers.</param>
public sealed record IncidentOutput(string Did);
