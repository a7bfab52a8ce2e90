namespace Orleans.Workflows.Shared.Processes;

/// <summary>The process types that exist for tests.</summary>
public static class Types
{
    public static readonly ProcessType<HelloInput, HelloOutput> Hello = new("test/hello");
    public static readonly ProcessType<HelloInput, HelloOutput> Outline = new("test/outline");
    public static readonly ProcessType<WaitInput, WaitOutput> Wait = new("test/wait");
    public static readonly ProcessType<FamilyInput, FamilyOutput> Family = new("test/family");
    public static readonly ProcessType<WaitInput, WaitOutput> Parent = new("test/parent");
    public static readonly ProcessType<HelloInput, HelloOutput> Collect = new("test/collect");
    public static readonly ProcessType<HelloInput, HelloOutput> Scheduling = new("test/scheduling");
    public static readonly ProcessType<HelloInput, HelloOutput> Tracing = new("test/tracing");
    public static readonly ProcessType<ProbeInput, ProbeOutput> Probe = new("test/probe");
}

public sealed record HelloInput(string Name, int Steps = 5);

public sealed record HelloOutput(string Text);

public sealed record WaitInput(TimeSpan? Timeout = null, TimeSpan? Delay = null);

public sealed record WaitOutput(string Got);

public sealed record FamilyInput(int Children, int FailIndex = -1, string? ChildId = null, int Depth = 1);

public sealed record FamilyOutput(int Sum, int Failed);

/// <summary>What a probe step is to do; the probe's doings are seen in <see cref="ProbeRecorder"/>.</summary>
public sealed record ProbeInput(string Kind, int Attempts = 1, TimeSpan? Timeout = null, string? Throws = null);

public sealed record ProbeOutput(int Attempt);
