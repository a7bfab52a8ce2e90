using Orleans.Workflows.Benchmarks.Load;

namespace Orleans.Workflows.Benchmarks.Scenarios;

/// <summary>The scenarios.</summary>
internal static class ScenarioList
{
    /// <summary>The word for all of them.</summary>
    public const string All = "all";

    /// <summary>In the order in which 'all' runs them.</summary>
    public static IReadOnlyList<Scenario> Scenarios { get; } =
    [
        new Scenario
        {
            Name = "hello5",
            Title = "processes of 5 trivial steps, committed one by one",
            Phases = [LoadKind.RunToEnd],
            Count = 10_000,
            QuickCount = 300,
            Steps = 5,
            InFlight = [64, 256],
            Clients = [ClientPlace.InProcess, ClientPlace.Gateway],
        },
        new Scenario
        {
            Name = "steps100",
            Title = "200 processes of 100 trivial steps",
            Phases = [LoadKind.RunToEnd],
            Count = 200,
            QuickCount = 20,
            Steps = 100,
            InFlight = [200],
        },
        new Scenario
        {
            Name = "idle",
            Title = "one process of 5 steps at a time on an idle system",
            Phases = [LoadKind.RunToEnd],
            Count = 300,
            QuickCount = 20,
            Steps = 5,
            InFlight = [1],
        },
        new Scenario
        {
            Name = "start-only",
            Title = "starts, paused so that nothing runs",
            Phases = [LoadKind.StartOnly],
            Count = 10_000,
            QuickCount = 300,
            Steps = 0,
            InFlight = [256],
        },
        new Scenario
        {
            Name = "wait-and-signal",
            Title = "processes that all wait for a signal, and then all get it",
            Phases = [LoadKind.StartAndWait, LoadKind.SignalAndEnd],
            Count = 10_000,
            QuickCount = 300,
            Steps = 1,
            InFlight = [256],
            HasBaseline = false,
        },
    ];

    /// <summary>Finds what a word on the command line means for a store.</summary>
    /// <param name="name">A scenario's name, or <see cref="All"/>.</param>
    /// <param name="baseline">Whether the baseline is measured, which cannot do all.</param>
    /// <returns>The scenarios; none when the baseline cannot do the one that is named.</returns>
    public static IReadOnlyList<Scenario> Select(string name, bool baseline) =>
        [.. Scenarios.Where(scenario => (name == All || scenario.Name == name) && (scenario.HasBaseline || !baseline))];
}
