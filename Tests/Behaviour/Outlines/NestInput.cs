namespace Orleans.Workflows.Behaviour.Outlines;

/// <summary>Which way a process takes through its outline.</summary>
/// <param name="Holds">The letters of the predicates that hold.</param>
/// <param name="Rounds">How often its loop runs.</param>
public sealed record NestInput(string Holds = "", int Rounds = 0);
