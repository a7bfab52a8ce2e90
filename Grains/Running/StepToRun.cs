using Orleans.Workflows.Grains.Definitions;
using Orleans.Workflows.Grains.Engine;

namespace Orleans.Workflows.Grains.Running;

/// <summary>One attempt and what it is an attempt of.</summary>
/// <param name="Definition">The process's definition.</param>
/// <param name="Step">The step.</param>
/// <param name="State">The process as it was committed last.</param>
/// <param name="Attempt">The attempt.</param>
internal sealed record StepToRun(ProcessDefinition Definition, StepNode Step, EngineState State, StepAttempt Attempt)
{
    /// <summary>How long it may take; null for as long as it wants.</summary>
    public TimeSpan? Timeout => Step.Timeout ?? Definition.StepTimeout;
}
