namespace Orleans.Workflows.Behaviour.FanOut;

/// <summary>What the chain has of its children.</summary>
public sealed record FanBoundContext
{
    /// <summary>The results that went into the context.</summary>
    public List<ChildResult<LeafOutput>> Results { get; set; } = [];

    /// <summary>The numbers of those that were handed to a step.</summary>
    public List<int> Numbers { get; set; } = [];
}
