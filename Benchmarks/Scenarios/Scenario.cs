using Orleans.Workflows.Benchmarks.Load;

namespace Orleans.Workflows.Benchmarks.Scenarios;

/// <summary>What is measured.</summary>
internal sealed record Scenario
{
    /// <summary>Its name on the command line.</summary>
    public required string Name { get; init; }

    /// <summary>What it shows, in one line.</summary>
    public required string Title { get; init; }

    /// <summary>
    /// What the client does, one after the other with the same processes. Each is measured by itself.
    /// </summary>
    public required IReadOnlyList<LoadKind> Phases { get; init; }

    /// <summary>How many processes a run has.</summary>
    public required int Count { get; init; }

    /// <summary>How many a run has with <c>--quick</c>.</summary>
    public required int QuickCount { get; init; }

    /// <summary>How many steps a process has in each phase.</summary>
    public required int Steps { get; init; }

    /// <summary>How many are under way at a time.</summary>
    public required IReadOnlyList<int> InFlight { get; init; }

    /// <summary>Where the client is unless the command line says so.</summary>
    public IReadOnlyList<ClientPlace> Clients { get; init; } = [ClientPlace.InProcess];

    /// <summary>Whether the baseline of plain grains can do it.</summary>
    public bool HasBaseline { get; init; } = true;
}
