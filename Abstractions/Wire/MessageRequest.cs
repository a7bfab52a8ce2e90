namespace Orleans.Workflows.Abstractions;

/// <summary>A signal or control on its way to a process's inbox.</summary>
[GenerateSerializer, Immutable, Alias("owf.MessageRequest")]
public sealed record MessageRequest
{
    /// <summary>The receiver.</summary>
    [Id(0)]
    public required ProcessId Receiver { get; init; }

    /// <summary>Identifies the message among those of its receiver, for as long as that exists: a repeated one has no second effect.</summary>
    [Id(1)]
    public required string MessageId { get; init; }

    /// <summary>Signal, Pause, Play or Kill.</summary>
    [Id(2)]
    public required MessageKind Kind { get; init; }

    /// <summary>The signal's name; for a control, the text that is kept and shown.</summary>
    [Id(3)]
    public string? Name { get; init; }

    /// <summary>The signal's payload as UTF-8 JSON; empty for a control.</summary>
    [Id(4)]
    public byte[] Payload { get; init; } = [];
}
