namespace Orleans.Workflows.Behaviour.Outlines;

/// <summary>What a worker gives back.</summary>
/// <param name="Number">Its number.</param>
public sealed record WorkOutput(int Number);
