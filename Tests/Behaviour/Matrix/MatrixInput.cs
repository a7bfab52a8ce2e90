namespace Orleans.Workflows.Behaviour.Matrix;

/// <summary>Where the process is to stand.</summary>
/// <param name="Situation">The situation.</param>
public sealed record MatrixInput(Situation Situation);
