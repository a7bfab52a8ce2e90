using Orleans.Workflows.Grains.Engine;

namespace Orleans.Workflows.Grains;

/// <summary>What every definition is. Derive from <see cref="Process{TInput, TOutput}"/> or <see cref="WorkChain{TInput, TOutput, TContext}"/>.</summary>
/// <remarks>
/// Each attempt of a step runs on a new instance, made with the services of a new scope. What is not in the context or in arguments is
/// gone after the step; so a definition has no mutable fields, which is checked at start-up.
/// </remarks>
public abstract class Process
{
    private protected Process()
    {
    }

    /// <summary>How steps that say nothing themselves are retried. Read once, at start-up, without the constructor having run. Default: not at all.</summary>
    protected internal virtual RetryPolicy Retry => RetryPolicy.None;

    /// <summary>How long an attempt of a step that says nothing itself may take. Read once, at start-up. Default: as long as it wants.</summary>
    protected internal virtual TimeSpan? StepTimeout => null;

    /// <summary>Gives the instance what the step works on.</summary>
    /// <param name="input">The process's input.</param>
    /// <param name="context">The context as it was committed last; null for none.</param>
    internal abstract void Bind(byte[] input, RawJson? context);

    /// <summary>Takes the context as the step left it.</summary>
    /// <returns>The context; null for a definition without one.</returns>
    internal virtual RawJson? SaveContext() => null;
}
