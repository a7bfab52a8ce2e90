namespace Orleans.Workflows.Behaviour.Controls;

/// <summary>What a step asks for.</summary>
/// <param name="Asks">Pause, kill, or both.</param>
public sealed record SelfControlInput(string Asks);
