namespace Orleans.Workflows.Abstractions;

/// <summary>A signal or control on its way to a process's inbox.</summary>
[GenerateSerializer, Immutable, Alias("owf.MessageRequest")]
public sealed record MessageRequest
{
    /// <summary>The receiver.</summary>
    [Id(0)]
    public required ProcessId Receiver { get; init; }

    /// <summary>
    /// Identifies the message among those of its receiver, for as long as that exists: a repeated one has no second
    /// effect.
    /// </summary>
    [Id(1)]
    public required string MessageId { get; init; }

    /// <summary>What it is: everything but ChildEnded.</summary>
    [Id(2)]
    public required MessageKind Kind { get; init; }

    /// <summary>The signal's name; for a control, the text that is kept and shown.</summary>
    [Id(3)]
    public string? Name { get; init; }

    /// <summary>
    /// UTF-8 JSON: the signal's payload; for a pause or play <c>true</c> when the whole tree is meant; for a skip the
    /// position to go on at; for an edit a merge patch of the context or of the input; for a drop the id of the signal.
    /// Empty otherwise.
    /// </summary>
    [Id(4)]
    public byte[] Payload { get; init; } = [];

    /// <summary>
    /// Identifies the call among others with the same message id, however often it is made: its answer is Stored when
    /// the message is its own. Null for a message id that no other call has.
    /// </summary>
    [Id(5)]
    public ProcessId? Call { get; init; }

    /// <summary>
    /// Whether a signal's payload is held against the type of the step that gets it, where that is known, before it is
    /// stored: it is JSON of somebody who does not know the type. It costs a look at the process.
    /// </summary>
    [Id(6)]
    public bool Checked { get; init; }
}
