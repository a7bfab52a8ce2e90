namespace Orleans.Workflows.Benchmarks.Processes;

/// <summary>The input of <see cref="Waits"/>.</summary>
/// <param name="Text">What the input has.</param>
public sealed record WaitsInput(string Text);
