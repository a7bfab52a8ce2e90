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

    /// <summary>Whether to measure what the database does without the engine.</summary>
    public bool Floor { get; init; } = true;
}
