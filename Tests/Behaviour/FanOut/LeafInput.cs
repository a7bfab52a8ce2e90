namespace Orleans.Workflows.Behaviour.FanOut;

/// <summary>Which child it is.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Gated">Whether it waits at its gate.</param>
/// <param name="Size">How many characters it returns.</param>
public sealed record LeafInput(int Number, bool Gated, int Size);
