namespace Orleans.Workflows.Behaviour.Launching;

/// <summary>What the process returned.</summary>
/// <param name="Text">The text.</param>
public sealed record LaunchOutput(string Text);
