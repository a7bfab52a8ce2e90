namespace Orleans.Workflows.CrashHost.Processes;

/// <summary>The process types of the crash tests.</summary>
public static class CrashTypes
{
    public static readonly ProcessType<StepsInput, StepsOutput> Steps = new("crash/steps");
    public static readonly ProcessType<GateInput, AttemptOutput> Bomb = new("crash/bomb");
    public static readonly ProcessType<GateInput, AttemptOutput> Innocent = new("crash/long");
    public static readonly ProcessType<WaitsInput, WaitsOutput> Waits = new("crash/wait");
    public static readonly ProcessType<SpinInput, AttemptOutput> Spin = new("crash/spin");
}

/// <summary>Steps of a chain: one to open, one per round, one more per even round, one to close.</summary>
public sealed record StepsInput(int Seed, int Rounds)
{
    /// <summary>How many steps the chain completes.</summary>
    public int Steps => 2 + Rounds + (Rounds / 2);
}

public sealed record StepsOutput(long Sum, string Trace);

/// <summary>The gate that the step looks at, for how long at a time, and whether it ignores its token.</summary>
public sealed record GateInput(string Gate, int TurnSeconds = 1, bool Deaf = false);

/// <summary>The gate that ends the spinning, and whether it begins before anything was awaited.</summary>
public sealed record SpinInput(string Gate, bool AtOnce = false);

public sealed record AttemptOutput(int Attempt);

/// <summary>Waits for a time, or for the signal 'go' when there is none.</summary>
public sealed record WaitsInput(TimeSpan? Delay = null);

public sealed record WaitsOutput(string Got);
