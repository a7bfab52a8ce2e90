namespace Orleans.Workflows.Behaviour.Restarting;

/// <summary>What the chain remembers.</summary>
public sealed class TryContext : RestartContext<AttemptInput, AttemptOutput>;
