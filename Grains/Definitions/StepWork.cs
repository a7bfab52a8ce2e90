namespace Orleans.Workflows.Grains.Definitions;

/// <summary>
/// What an attempt of a step gathers on its instance: outputs, and children whose results go into the context.
/// </summary>
/// <param name="outputs">The outputs.</param>
internal sealed class StepWork(EmittedOutputs outputs)
{
    private readonly List<AwaitedChild> _awaited = [];

    /// <summary>The outputs.</summary>
    public EmittedOutputs Outputs { get; } = outputs;

    /// <summary>The children that are started when the step completes, in order.</summary>
    public IReadOnlyList<AwaitedChild> Awaited => _awaited;

    /// <summary>How many of the children run at a time; null for all.</summary>
    public int? MaxConcurrency { get; set; }

    /// <summary>Adds a child.</summary>
    /// <param name="child">The child.</param>
    public void Await(AwaitedChild child) => _awaited.Add(child);
}
