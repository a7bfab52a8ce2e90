namespace Orleans.Workflows.Linked;

/// <summary>The pauses between tries: each is twice the one before it, up to a longest one.</summary>
internal static class BackOff
{
    /// <summary>The pause behind a pause.</summary>
    public static TimeSpan After(TimeSpan pause, TimeSpan longest) => pause < longest / 2 ? pause * 2 : longest;

    /// <summary>
    /// A pause of half as long to half as long again, so that those who met the same trouble do not all come back at
    /// once.
    /// </summary>
    public static TimeSpan Spread(TimeSpan pause) => pause * (0.5 + Random.Shared.NextDouble());
}
