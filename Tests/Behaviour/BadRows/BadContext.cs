namespace Orleans.Workflows.Behaviour.BadRows;

/// <summary>What a damaged process remembers.</summary>
public sealed class BadContext
{
    /// <summary>A number.</summary>
    public int Number { get; set; }
}
