namespace Orleans.Workflows.Abstractions;

/// <summary>What a grain says to one who wants to be told of the process's end.</summary>
/// <param name="Found">Whether the process exists.</param>
/// <param name="Outcome">How it ended; <c>null</c> while it lives, and then the observer is told.</param>
[GenerateSerializer, Immutable, Alias("owf.SubscribeReply")]
public sealed record SubscribeReply(
    [property: Id(0)] bool Found,
    [property: Id(1)] ProcessOutcome? Outcome);
