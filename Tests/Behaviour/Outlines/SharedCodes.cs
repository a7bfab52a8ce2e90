namespace Orleans.Workflows.Behaviour.Outlines;

/// <summary>Exit codes that callers have too.</summary>
public static class SharedCodes
{
    /// <summary>A field.</summary>
    public static readonly ExitCode Closed = new(450, "CLOSED", "It is closed.");

    /// <summary>A property.</summary>
    public static ExitCode Moved => new(451, "MOVED", "It has moved to {place}.");
}
