namespace Orleans.Workflows.Behaviour.Messages;

/// <summary>What a taker has done.</summary>
/// <param name="Taken">How many signals it has taken.</param>
public sealed record TakerOutput(int Taken);
