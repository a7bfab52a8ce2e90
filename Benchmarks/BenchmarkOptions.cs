using Orleans.Workflows.Benchmarks.Load;

namespace Orleans.Workflows.Benchmarks;

/// <summary>What the command line asks for.</summary>
internal sealed record BenchmarkOptions
{
    /// <summary>A scenario's name, or 'all'.</summary>
    public required string Scenario { get; init; }

    /// <summary>Where the processes are kept.</summary>
    public required StoreKind Store { get; init; }

    /// <summary>Where the client is; none for what the scenario says.</summary>
    public IReadOnlyList<ClientPlace> Clients { get; init; } = [];

    /// <summary>How many processes are under way at a time; none for what the scenario says.</summary>
    public IReadOnlyList<int> InFlight { get; init; } = [];

    /// <summary>How many processes a run has; null for what the scenario says.</summary>
    public int? Count { get; init; }

    /// <summary>How often each is run.</summary>
    public required int Runs { get; init; }

    /// <summary>A PostgreSQL database of one's own; null to start a server.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>Where database files go; null for the folder of temporary files.</summary>
    public string? WorkFolder { get; init; }

    /// <summary>How long a run may take.</summary>
    public required TimeSpan Deadline { get; init; }

    /// <summary>A file for everything as JSON; null for none.</summary>
    public string? JsonFile { get; init; }

    /// <summary>Small counts, one run: shows that it works, not how fast.</summary>
    public bool Quick { get; init; }

    /// <summary>
    /// For how long each figure of what the database does without the engine is measured; zero for not at all.
    /// </summary>
    public TimeSpan FloorTime { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>For how long a silo without load is measured.</summary>
    public TimeSpan Background { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>When a warm-up is enough, even if the speed still changes.</summary>
    public TimeSpan LongestWarmUp { get; init; } = TimeSpan.FromSeconds(60);
}
