using Orleans.Workflows.Abstractions;

namespace Orleans.Workflows.Grains.Storage;

/// <summary>What became of a message, with the receiver as it was in the same transaction.</summary>
public sealed record SendResult
{
    /// <summary>The outcome. Refused when the receiver lives and has as many signals as it may have.</summary>
    public required MessageStatus Status { get; init; }

    /// <summary>The receiver's process type; null when there is no receiver.</summary>
    public string? Type { get; init; }

    /// <summary>The receiver's state.</summary>
    public ProcessState State { get; init; }

    /// <summary>Whether the receiver was paused.</summary>
    public bool Paused { get; init; }

    /// <summary>The kinds of the receiver's unseen controls that came before this message, in their order.</summary>
    public IReadOnlyList<MessageKind> UnseenControls { get; init; } = [];
}
