namespace Orleans.Workflows.Abstractions;

/// <summary>What became of a start.</summary>
[GenerateSerializer, Immutable, Alias("owf.StartReply")]
public sealed record StartReply
{
    /// <summary>The answer.</summary>
    [Id(0)]
    public required StartStatus Status { get; init; }

    /// <summary>The state of the process that now has the id.</summary>
    [Id(1)]
    public ProcessState State { get; init; }

    /// <summary>How the process ended, when it already has.</summary>
    [Id(2)]
    public ProcessOutcome? Outcome { get; init; }

    /// <summary>Why nothing was stored; empty otherwise.</summary>
    [Id(3)]
    public IReadOnlyList<string> Faults { get; init; } = [];

    /// <summary>
    /// Whether another silo has the type, and this call stored nothing: the same request over the gateway's grain gets
    /// there. The status is Unavailable then, so that a client which does not know of this tries again, too.
    /// </summary>
    [Id(4)]
    public bool Elsewhere { get; init; }

    /// <summary>
    /// The type of the process that has the id, when it is not the one that the start asks for; else null.
    /// </summary>
    [Id(5)]
    public string? Type { get; init; }
}
