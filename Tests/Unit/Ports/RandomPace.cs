namespace Orleans.Workflows.Unit.Ports;

/// <summary>An enum of random ports.</summary>
public enum RandomPace
{
    /// <summary>The first.</summary>
    Slow,

    /// <summary>The second.</summary>
    Fast,
}
