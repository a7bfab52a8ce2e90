namespace Orleans.Workflows.Behaviour.Nesting;

/// <summary>What a member of a chain of processes does.</summary>
/// <param name="Levels">How many levels are below it.</param>
/// <param name="Given">What the ids of the others begin with; null when the engine names them.</param>
/// <param name="Waits">Whether the last one waits for a signal that never comes.</param>
public sealed record NestedInput(int Levels, string? Given, bool Waits);
