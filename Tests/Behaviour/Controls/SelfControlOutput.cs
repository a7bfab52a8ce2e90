namespace Orleans.Workflows.Behaviour.Controls;

/// <summary>What the steps emitted.</summary>
/// <param name="First">By the step that asks.</param>
/// <param name="Second">By the one behind it.</param>
public sealed record SelfControlOutput(string? First = null, string? Second = null);
