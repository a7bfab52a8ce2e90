namespace Orleans.Workflows.Behaviour.FanOut;

/// <summary>What a wide parent found.</summary>
/// <param name="Numbers">The numbers of the children that succeeded, in the order of their results.</param>
public sealed record FanOutOutput(IReadOnlyList<int> Numbers);
