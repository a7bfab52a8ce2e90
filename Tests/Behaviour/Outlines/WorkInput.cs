namespace Orleans.Workflows.Behaviour.Outlines;

/// <summary>How a worker ends.</summary>
/// <param name="End">ok, code, throw, kill; wait for a signal and then ok.</param>
/// <param name="Number">Its output.</param>
public sealed record WorkInput(string End, int Number);
