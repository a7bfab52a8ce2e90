using Orleans.Workflows.Grains.Engine;

namespace Orleans.Workflows.Grains.Definitions;

/// <summary>A place at which a process can stand, and what runs there.</summary>
internal sealed class StepNode
{
    /// <summary>The path of ids: what is stored.</summary>
    public required string Position { get; init; }

    /// <summary>The step's own retry policy; null for that of the type.</summary>
    public RetryPolicy? Retry { get; init; }

    /// <summary>The step's own timeout; null for that of the type.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Runs the step on an instance. Null says that the outline decides what comes next.</summary>
    public required Func<Process, StepCall, Task<Directive?>> RunAsync { get; init; }

    /// <summary>The instruction after which an outline goes on; null in a step machine and at the outline's beginning.</summary>
    public Instruction? Instruction { get; init; }
}
