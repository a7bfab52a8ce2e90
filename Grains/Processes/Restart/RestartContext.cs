namespace Orleans.Workflows;

/// <summary>What a restart chain remembers. Derive from it to remember more.</summary>
/// <typeparam name="TChildInput">The child's input.</typeparam>
/// <typeparam name="TChildOutput">The child's output.</typeparam>
public class RestartContext<TChildInput, TChildOutput>
{
    /// <summary>The input of the next run: handlers adjust it.</summary>
    public TChildInput? Inputs { get; set; }

    /// <summary>How often the child was run since the start, or since the last pause for the bound.</summary>
    public int Iteration { get; set; }

    /// <summary>The results of all runs, the last one last.</summary>
    public IList<ChildResult<TChildOutput>> Children { get; init; } = [];

    /// <summary>The handlers that were called, in order.</summary>
    public IList<ConsideredHandler> Considered { get; init; } = [];

    /// <summary>Whether the last run failed and nobody knew what to do, so that it was only run again.</summary>
    public bool UnhandledBefore { get; set; }

    /// <summary>Whether the last run is good.</summary>
    public bool IsDone { get; set; }
}
