namespace Orleans.Workflows.Behaviour.BadRows;

/// <summary>What a damaged process gets.</summary>
/// <param name="Number">A number.</param>
public sealed record BadInput(int Number);
