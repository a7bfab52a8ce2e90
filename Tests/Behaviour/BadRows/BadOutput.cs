namespace Orleans.Workflows.Behaviour.BadRows;

/// <summary>What a damaged process puts out.</summary>
/// <param name="Number">A number.</param>
/// <param name="Seen">What a step emitted.</param>
public sealed record BadOutput(int Number, string? Seen);
