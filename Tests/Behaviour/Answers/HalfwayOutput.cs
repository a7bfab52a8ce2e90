namespace Orleans.Workflows.Behaviour.Answers;

/// <summary>What it has emitted, and what it would at its end.</summary>
/// <param name="Number">Emitted by its first step.</param>
/// <param name="Name">Only there when it ends well.</param>
public sealed record HalfwayOutput(int Number, string? Name = null);
