namespace Orleans.Workflows.Behaviour.Outlines;

/// <summary>The children of a fan.</summary>
/// <param name="Ends">How the workers end.</param>
/// <param name="MustSucceed">Whether a worker that fails is the fan's failure.</param>
public sealed record FanInput(IReadOnlyList<string> Ends, bool MustSucceed = false);
