namespace Orleans.Workflows.RandomPrograms.Model;

/// <summary>What has become of a process, as far as the model speaks of it.</summary>
public sealed record Observed
{
    /// <summary>The process.</summary>
    public required string Id { get; init; }

    /// <summary>Its state.</summary>
    public required string State { get; init; }

    /// <summary>Its exit code; null before its end.</summary>
    public required int? ExitCode { get; init; }

    /// <summary>Its notes, by their keys.</summary>
    public required IReadOnlyDictionary<string, string> Notes { get; init; }

    /// <summary>The furthest instruction that has begun; -1 for none.</summary>
    public required int Reach { get; init; }

    /// <summary>Its children, group by group.</summary>
    public required IReadOnlyList<IReadOnlyList<Observed>> Groups { get; init; }

    /// <summary>As its parent notes it.</summary>
    /// <returns>The state and the exit code.</returns>
    public string Summary() => $"{State} {ExitCode}";
}
