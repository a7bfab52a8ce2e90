namespace Orleans.Workflows.Benchmarks.Processes;

/// <summary>What a step of <see cref="Hello"/> hands to the next.</summary>
/// <param name="Done">How many steps were completed.</param>
/// <param name="Text">The text of the input.</param>
public sealed record HelloProgress(int Done, string Text);
