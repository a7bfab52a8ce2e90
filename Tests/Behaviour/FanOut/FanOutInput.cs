namespace Orleans.Workflows.Behaviour.FanOut;

/// <summary>What a wide parent starts.</summary>
/// <param name="Children">How many children.</param>
/// <param name="Bound">How many of them run at a time; null for all.</param>
/// <param name="Gated">Whether each child waits at its gate.</param>
/// <param name="Size">How many characters each child returns.</param>
/// <param name="MustSucceed">Whether each child must succeed.</param>
public sealed record FanOutInput(
    int Children,
    int? Bound = null,
    bool Gated = false,
    int Size = 1,
    bool MustSucceed = false);
