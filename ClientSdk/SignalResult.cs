namespace Orleans.Workflows;

/// <summary>The answer to a signal that is stored.</summary>
public sealed class SignalResult
{
    internal SignalResult(ProcessId process, string name, bool wasStored, IReadOnlyList<string>? awaitedNames)
    {
        WasStored = wasStored;
        AwaitedNames = awaitedNames;
        Warning = awaitedNames switch
        {
            null => null,
            [] => $"The definition of the process {process} waits for no signal: '{name}' is kept, in vain.",
            var names =>
                $"The definition of the process {process} never waits for the signal '{name}', which is kept in vain; "
                + "it "
                + $"waits for: {string.Join(", ", names)}.",
        };
    }

    /// <summary>
    /// Whether this call stored it, with its own repetitions; false when an earlier call had stored one with the id.
    /// </summary>
    public bool WasStored { get; }

    /// <summary>
    /// The names of all signals that the process waits for, when the signal's is none of them. It is kept all the same,
    /// for a newer definition may wait for it. Null when it is one of them, and where that cannot be known: of a step
    /// machine, which says at run time what it waits for, and while live silos have several versions of the definition.
    /// </summary>
    public IReadOnlyList<string>? AwaitedNames { get; }

    /// <summary>The same as a sentence; null where there is nothing to say.</summary>
    public string? Warning { get; }
}
