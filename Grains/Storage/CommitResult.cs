namespace Orleans.Workflows.Grains.Storage;

/// <summary>What became of a commit.</summary>
public sealed record CommitResult
{
    /// <summary>The outcome.</summary>
    public required CommitStatus Status { get; init; }

    /// <summary>For ChildExists, the id that is taken.</summary>
    public ProcessId? Child { get; init; }

    /// <summary>For Rejected and Unavailable, what the database said.</summary>
    public string? Reason { get; init; }

    /// <summary>
    /// The children that got one of <see cref="ProcessCommit.ToChildren"/>, each once, for the poke that follows. May
    /// be incomplete after a lost reply.
    /// </summary>
    public IReadOnlyList<ProcessId> Told { get; init; } = [];

    /// <summary>The commit is durable.</summary>
    public static CommitResult Done { get; } = new() { Status = CommitStatus.Done };

    /// <summary>Nothing was written.</summary>
    /// <param name="status">Why.</param>
    /// <param name="reason">What the database said.</param>
    /// <returns>The result.</returns>
    public static CommitResult Failed(CommitStatus status, string? reason = null) =>
        new() { Status = status, Reason = reason };
}
