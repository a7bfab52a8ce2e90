namespace Orleans.Workflows.Behaviour.BadRows;

/// <summary>What a damaged process waits for.</summary>
/// <param name="Number">A number.</param>
public sealed record BadPayload(int Number);
