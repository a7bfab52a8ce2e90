namespace Orleans.Workflows.Behaviour.Restarting;

/// <summary>How the runs of a child end, one after another.</summary>
/// <param name="Ends">ok, wait, throw, kill, or a label: what each run does. The last is for all later ones.</param>
/// <param name="Run">The run.</param>
public sealed record AttemptInput(IReadOnlyList<string> Ends, int Run = 0);
