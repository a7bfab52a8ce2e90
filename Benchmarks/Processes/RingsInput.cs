namespace Orleans.Workflows.Benchmarks.Processes;

/// <summary>The input of <see cref="Rings"/>.</summary>
/// <param name="Milliseconds">How long it waits.</param>
/// <param name="Text">What the input has.</param>
public sealed record RingsInput(long Milliseconds, string Text);
