namespace Orleans.Workflows;

/// <summary>What a process remembers at its last commit, for those who look into it or edit it.</summary>
[GenerateSerializer, Immutable, Alias("owf.ProcessCheckpoint")]
public sealed record ProcessCheckpoint
{
    /// <summary>Where it stands: the current or next step.</summary>
    [Id(0)]
    public required string Position { get; init; }

    /// <summary>The input as UTF-8 JSON, with its defaults filled in.</summary>
    [Id(1)]
    public required byte[] Input { get; init; }

    /// <summary>The context as UTF-8 JSON; <c>null</c> when it has none, or none yet.</summary>
    [Id(2)]
    public byte[]? Context { get; init; }

    /// <summary>The argument of the current or next step as UTF-8 JSON; <c>null</c> when it has none.</summary>
    [Id(3)]
    public byte[]? Argument { get; init; }

    /// <summary>
    /// The outputs that it has emitted until now, or ended with, as UTF-8 JSON; <c>null</c> when there are none.
    /// </summary>
    [Id(4)]
    public byte[]? Outputs { get; init; }
}
