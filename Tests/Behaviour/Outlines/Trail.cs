namespace Orleans.Workflows.Behaviour.Outlines;

/// <summary>
/// The steps that a process has been through, separated by spaces: its output, and its context on the way.
/// </summary>
public sealed record Trail
{
    /// <summary>The steps.</summary>
    public string Way { get; set; } = "";

    /// <summary>How often its loop ran.</summary>
    public int Rounds { get; set; }

    /// <summary>A child that it awaited.</summary>
    public ChildResult<Trail>? Child { get; set; }
}
