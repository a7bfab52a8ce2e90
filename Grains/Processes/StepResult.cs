using Orleans.Workflows.Grains.Engine;

namespace Orleans.Workflows.Grains;

/// <summary>What comes after a step. Made by the methods of <see cref="Process{TInput, TOutput}"/> and <see cref="WorkChain{TInput, TOutput, TContext}"/>.</summary>
public sealed class StepResult
{
    internal StepResult(Directive directive) => Directive = directive;

    /// <summary>What the engine is told.</summary>
    internal Directive Directive { get; }
}
