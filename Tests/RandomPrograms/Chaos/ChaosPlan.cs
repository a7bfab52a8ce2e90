namespace Orleans.Workflows.RandomPrograms.Chaos;

/// <summary>What goes wrong in a batch.</summary>
public sealed record ChaosPlan
{
    /// <summary>Everything that can.</summary>
    public static ChaosPlan Everything { get; } = new() { Kinds = [.. Enum.GetValues<FaultKind>()] };

    /// <summary>Nothing.</summary>
    public static ChaosPlan Nothing { get; } = new();

    /// <summary>The kinds of faults.</summary>
    public IReadOnlyList<FaultKind> Kinds { get; init; } = [];

    /// <summary>How many silos there are.</summary>
    public int Silos { get; init; } = 3;

    /// <summary>Whether a kind of fault happens.</summary>
    /// <param name="kind">The kind.</param>
    /// <returns>Whether it does.</returns>
    public bool Has(FaultKind kind) => Kinds.Contains(kind);
}
