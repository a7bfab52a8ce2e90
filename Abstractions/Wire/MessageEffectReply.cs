namespace Orleans.Workflows.Abstractions;

/// <summary>What became of a stored message.</summary>
/// <param name="Found">Whether the message is known.</param>
/// <param name="Effect">Its effect.</param>
[GenerateSerializer, Immutable, Alias("owf.MessageEffectReply")]
public sealed record MessageEffectReply(
    [property: Id(0)] bool Found,
    [property: Id(1)] MessageEffect Effect);
