namespace Orleans.Workflows.Behaviour.Nesting;

/// <summary>What a member of a chain has counted.</summary>
/// <param name="Below">How many members are below it.</param>
/// <param name="LongestKey">The length of the longest idempotency key from it downwards.</param>
public sealed record NestedOutput(int Below, int LongestKey);
