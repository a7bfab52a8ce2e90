namespace Orleans.Workflows.CrashHost.Storm.Processes;

/// <summary>The process types of the storm, beside the chain of steps that the other crash tests have too.</summary>
public static class StormTypes
{
    public static readonly ProcessType<CollectInput, CollectOutput> Collect = new("storm/collect");
    public static readonly ProcessType<AlarmsInput, AlarmsOutput> Alarms = new("storm/alarms");
    public static readonly ProcessType<FlakyInput, FlakyOutput> Flaky = new("storm/flaky");
    public static readonly ProcessType<DoomedInput, DoomedOutput> Doomed = new("storm/doomed");
    public static readonly ProcessType<FamilyInput, FamilyOutput> Family = new("storm/family");
}

/// <summary>How many items a collector waits for.</summary>
public sealed record CollectInput(int Items);

/// <summary>The items in the order in which the collector got them.</summary>
public sealed record CollectOutput(IReadOnlyList<string> Items);

/// <summary>The times to wait for, one after the other.</summary>
public sealed record AlarmsInput(IReadOnlyList<int> Milliseconds);

/// <summary>How many times came.</summary>
public sealed record AlarmsOutput(int Rang);

/// <summary>How many attempts of the step fail.</summary>
public sealed record FlakyInput(int Failures);

/// <summary>What the step was asked to do.</summary>
public sealed record FlakyOutput(int Failures);

/// <summary>
/// After what time the process is killed, by its deadline; and whether a step runs until then, or it waits.
/// </summary>
public sealed record DoomedInput(int Milliseconds, bool Runs)
{
    /// <summary>The deadline.</summary>
    public TimeSpan Deadline => TimeSpan.FromMilliseconds(Milliseconds);
}

/// <summary>What no doomed process comes to.</summary>
public sealed record DoomedOutput;

/// <summary>A tree of processes: how many levels are below this one, and how many children each process has.</summary>
public sealed record FamilyInput(int Seed, int Depth, int Width, int LeafMilliseconds)
{
    /// <summary>The input of a child.</summary>
    /// <param name="index">Which.</param>
    /// <returns>The input.</returns>
    public FamilyInput Child(int index) => this with { Seed = unchecked((Seed * 31) + index + 1), Depth = Depth - 1 };
}

/// <summary>A sum over the tree in which each process counts once.</summary>
public sealed record FamilyOutput(long Sum);
