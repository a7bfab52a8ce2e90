using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Grains.Engine;

/// <summary>What the engine makes of some events.</summary>
/// <param name="Next">The state when the commit is durable; at once when there is none.</param>
/// <param name="Commit">What must be durable first; null when nothing needs to be.</param>
/// <param name="Actions">What to do then, in order.</param>
internal sealed record Decision(EngineState Next, ProcessCommit? Commit, IReadOnlyList<EngineAction> Actions)
{
    /// <summary>What hooks and listeners are told of, in order; empty when nobody is.</summary>
    public IReadOnlyList<ProcessTransition> Transitions { get; init; } = [];

    /// <summary>Whether the process was killed by force: no hook holds that up.</summary>
    public bool IsForced { get; init; }
}
