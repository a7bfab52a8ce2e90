namespace Orleans.Workflows.Benchmarks.Reporting;

/// <summary>Everything, as it is written to JSON.</summary>
internal sealed record Report
{
    /// <summary>Where the processes were kept.</summary>
    public required StoreKind Store { get; init; }

    /// <summary>Whether counts were small, so that the figures say nothing.</summary>
    public required bool Quick { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The machine, the runtime and the database with its settings.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>What the database does without the engine.</summary>
    public List<FloorFigure> Floor { get; } = [];

    /// <summary>The index in <see cref="Floor"/> of the figure that steps/s are divided by; null for none.</summary>
    public int? FloorOfRatio { get; set; }

    /// <summary>What was measured.</summary>
    public List<Measured> Measured { get; } = [];
}
