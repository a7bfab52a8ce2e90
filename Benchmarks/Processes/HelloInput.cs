namespace Orleans.Workflows.Benchmarks.Processes;

/// <summary>The input of <see cref="Hello"/>.</summary>
/// <param name="Steps">How many steps.</param>
/// <param name="Text">What is carried from step to step.</param>
public sealed record HelloInput(int Steps, string Text);
