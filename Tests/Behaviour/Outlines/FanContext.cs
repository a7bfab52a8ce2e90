namespace Orleans.Workflows.Behaviour.Outlines;

/// <summary>What a fan remembers: the results of its children.</summary>
public sealed class FanContext
{
    /// <summary>A part, which is not there at first.</summary>
    public FanShipping? Shipping { get; set; }

    /// <summary>The workers.</summary>
    public IList<ChildResult<WorkOutput>> All { get; init; } = [];

    /// <summary>A child of another type.</summary>
    public ChildResult<Trail>? Walk { get; set; }

    /// <summary>What the predicate behind the children saw.</summary>
    public bool Seen { get; set; }
}
