namespace Orleans.Workflows.CrashHost.Storm;

/// <summary>How a storm is.</summary>
public sealed record StormOptions
{
    /// <summary>How long faults happen. It goes on until each kind has happened once.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Decides the faults, their order and moments, and what clients do.</summary>
    public int Seed { get; init; } = Random.Shared.Next();

    /// <summary>How many silos there are.</summary>
    public int Silos { get; init; } = 3;

    /// <summary>How many client processes there are.</summary>
    public int Clients { get; init; } = 3;

    /// <summary>How many conversations a client leads at a time.</summary>
    public int Workers { get; init; } = 20;

    /// <summary>How long a worker waits at most from one conversation to the next.</summary>
    public TimeSpan Think { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>The longest time from one kill of a silo to the next; the shortest is half of it.</summary>
    public TimeSpan KillEvery { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>How long a silo is frozen.</summary>
    public TimeSpan Frozen { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Whether there are freezes of minutes.</summary>
    public bool LongFreezes { get; init; } = true;

    /// <summary>How long a stranger's lock lasts at most; the shortest is 10 s.</summary>
    public TimeSpan LongestLock { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether the evidence is kept although nothing is wrong.</summary>
    public bool Keep { get; init; }

    /// <summary>Within what time after the last fault everything has to have ended.</summary>
    public TimeSpan DrainLimit { get; init; } = TimeSpan.FromMinutes(2);
}
