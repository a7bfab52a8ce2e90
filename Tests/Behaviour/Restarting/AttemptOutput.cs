namespace Orleans.Workflows.Behaviour.Restarting;

/// <summary>What a run gives back.</summary>
/// <param name="Run">The run as its input said it.</param>
public sealed record AttemptOutput(int Run);
