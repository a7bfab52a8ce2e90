namespace Orleans.Workflows.Abstractions;

/// <summary>What a grain says to one who wants to be told of the process's end.</summary>
/// <param name="Found">Whether the process exists.</param>
/// <param name="Outcome">How it ended; <c>null</c> while it lives, and then the observer is told.</param>
[GenerateSerializer, Immutable, Alias("owf.SubscribeReply")]
public sealed record SubscribeReply(
    [property: Id(0)] bool Found,
    [property: Id(1)] ProcessOutcome? Outcome)
{
    /// <summary>
    /// The open incident, for which the end does not come by itself; <c>null</c> when there is none, and from a silo of
    /// an earlier version.
    /// </summary>
    [Id(2)]
    public Incident? Incident { get; init; }
}
