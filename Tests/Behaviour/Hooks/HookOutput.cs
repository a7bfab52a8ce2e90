namespace Orleans.Workflows.Behaviour.Hooks;

/// <summary>What the process emitted.</summary>
/// <param name="Text">A text.</param>
public sealed record HookOutput(string? Text);
