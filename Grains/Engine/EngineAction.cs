namespace Orleans.Workflows.Grains.Engine;

/// <summary>What the activation does once the commit is durable.</summary>
internal abstract record EngineAction
{
    private EngineAction()
    {
    }

    /// <summary>Runs the step at the checkpoint's position.</summary>
    internal sealed record RunStep : EngineAction;

    /// <summary>Tells the running step to stop, and gives it its grace period.</summary>
    internal sealed record StopStep : EngineAction;

    /// <summary>Forgets the running step: whatever it returns is dropped.</summary>
    internal sealed record DropStep : EngineAction;

    /// <summary>Tells those who asked that the process has ended.</summary>
    /// <param name="Outcome">How.</param>
    internal sealed record Announce(ProcessOutcome Outcome) : EngineAction;
}
