namespace Orleans.Workflows;

/// <summary>A handler that was called for a run of the child, as the context keeps it.</summary>
/// <param name="Iteration">The run, 1 for the first.</param>
/// <param name="Handler">The handler's name.</param>
/// <param name="Report">What it said: 'nothing', 'restart', 'done' or the label of the exit code.</param>
public sealed record ConsideredHandler(int Iteration, string Handler, string Report);
