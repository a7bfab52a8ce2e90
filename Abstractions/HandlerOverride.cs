namespace Orleans.Workflows;

/// <summary>What the caller of a restart chain says of one of its handlers.</summary>
public sealed record HandlerOverride
{
    /// <summary>Whether it is called; <c>null</c> for what the handler says itself.</summary>
    public bool? Enabled { get; init; }

    /// <summary>Its priority, 0 included; <c>null</c> for what the handler says itself.</summary>
    public int? Priority { get; init; }
}
