namespace Orleans.Workflows.Unit.Ports;

/// <summary>An enum with flags, and no name for none of them.</summary>
[Flags]
public enum RandomSides
{
    /// <summary>The first.</summary>
    Left = 1,

    /// <summary>The second.</summary>
    Right = 2,
}
