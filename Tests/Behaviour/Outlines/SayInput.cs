namespace Orleans.Workflows.Behaviour.Outlines;

/// <summary>What the first step says.</summary>
/// <param name="Says">What.</param>
public sealed record SayInput(Says Says);
