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

    /// <summary>Whether the step computes for long, so that it runs on threads of its own.</summary>
    public bool IsCpuBound { get; init; }

    /// <summary>Whether the step gets something: an argument, the payload of a signal, results of children.</summary>
    public bool TakesArgument { get; init; }

    /// <summary>The type of what the step gets; null when it gets nothing.</summary>
    public Type? ArgumentType { get; init; }

    /// <summary>The signal that the step of an outline gets; null for none.</summary>
    public string? Signal { get; init; }

    /// <summary>
    /// Whether the step cannot do without a value for what it gets; not of results, which are always there.
    /// </summary>
    public bool NeedsArgument { get; init; }

    /// <summary>Whether results of children go into the context here, before the outline goes on.</summary>
    public bool TakesResults { get; init; }

    /// <summary>The position behind a step at which the results of its children go into the context.</summary>
    public static string ResultsOf(string position) => $"{position}/(results)";

    /// <summary>Runs the step on an instance. Null says that the outline decides what comes next.</summary>
    public required Func<Process, StepCall, Task<Directive?>> RunAsync { get; init; }

    /// <summary>
    /// The instruction after which an outline goes on; null in a step machine and at the outline's beginning.
    /// </summary>
    public Instruction? Instruction { get; init; }
}
