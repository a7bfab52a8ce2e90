namespace Orleans.Workflows.Behaviour.Matrix;

/// <summary>What the process got.</summary>
/// <param name="Got">The signal's payload.</param>
public sealed record MatrixOutput(string Got);
