namespace Orleans.Workflows.Behaviour.Outlines;

/// <summary>A part of what a fan remembers.</summary>
public sealed class FanShipping
{
    /// <summary>A child's result, two levels deep.</summary>
    public ChildResult<WorkOutput>? Parcel { get; set; }

    /// <summary>A list, two levels deep.</summary>
    public IReadOnlyList<ChildResult<WorkOutput>>? Extras { get; set; }
}
