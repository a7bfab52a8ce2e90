namespace Orleans.Workflows.Behaviour.Launching;

/// <summary>What the process returns.</summary>
/// <param name="Text">The text; empty to fail.</param>
public sealed record LaunchInput(string Text);
