namespace Orleans.Workflows.Grains.Definitions;

/// <summary>
/// What an attempt of a step gathers on its instance: outputs, and children whose results go into the context.
/// </summary>
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
    public void AddAwaited(AwaitedChild child) => _awaited.Add(child);
}
