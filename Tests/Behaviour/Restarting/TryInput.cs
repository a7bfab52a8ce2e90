namespace Orleans.Workflows.Behaviour.Restarting;

/// <summary>What the runs do, and what the handlers say.</summary>
public sealed record TryInput : RestartInput
{
    /// <summary>What each run does.</summary>
    public required IReadOnlyList<string> Ends { get; init; }

    /// <summary>
    /// What a handler says instead of what it usually says: nothing, restart, done, abort, undeclared, with 'break '
    /// before it.
    /// </summary>
    public IReadOnlyDictionary<string, string> Says { get; init; } = new Dictionary<string, string>();
}
