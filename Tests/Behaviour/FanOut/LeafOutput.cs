namespace Orleans.Workflows.Behaviour.FanOut;

/// <summary>What a child returns.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Text">As many characters as it was asked for.</param>
public sealed record LeafOutput(int Number, string Text);
