namespace Orleans.Workflows.Behaviour.Messages;

/// <summary>What a taker waits for.</summary>
/// <param name="Count">How many signals 'item' it takes.</param>
/// <param name="Gated">Whether it passes a gate in a step first.</param>
public sealed record TakerInput(int Count, bool Gated = false);
