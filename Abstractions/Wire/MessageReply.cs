namespace Orleans.Workflows.Abstractions;

/// <summary>What became of a message, with what was known of its receiver when it was stored.</summary>
[GenerateSerializer, Immutable, Alias("owf.MessageReply")]
public sealed record MessageReply
{
    /// <summary>The answer.</summary>
    [Id(0)]
    public required MessageStatus Status { get; init; }

    /// <summary>The receiver's state; Created when there is no receiver.</summary>
    [Id(1)]
    public ProcessState State { get; init; }

    /// <summary>Why nothing was stored, where the status does not say it; empty otherwise.</summary>
    [Id(3)]
    public IReadOnlyList<string> Faults { get; init; } = [];

    /// <summary>
    /// Whether nothing was stored because the receiver has as many signals as it may have. Clients of older versions
    /// take the faults for those of the payload.
    /// </summary>
    [Id(4)]
    public bool IsFull { get; init; }

    /// <summary>
    /// For a signal that is stored and that its receiver, as far as its definition says, never waits for: the names of
    /// all signals that it waits for. Null otherwise, and where they cannot be known.
    /// </summary>
    [Id(5)]
    public IReadOnlyList<string>? AwaitedNames { get; init; }

    /// <summary>For a control, what its sender is told.</summary>
    [Id(2)]
    public ControlStatus Control { get; init; }
}
