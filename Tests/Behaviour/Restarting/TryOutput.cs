namespace Orleans.Workflows.Behaviour.Restarting;

/// <summary>What became of the runs.</summary>
/// <param name="Runs">How many there were.</param>
/// <param name="LastCode">The exit code of the last.</param>
/// <param name="Considered">The handlers that were called: run, name, report.</param>
public sealed record TryOutput(int Runs, int LastCode, IReadOnlyList<string> Considered);
