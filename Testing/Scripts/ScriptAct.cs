namespace Orleans.Workflows.Testing;

/// <summary>One act of a script.</summary>
/// <param name="When">The moment, for people.</param>
/// <param name="Condition">The moment.</param>
/// <param name="DoAsync">What happens; it gets the act's number in its script.</param>
internal sealed record ScriptAct(
    string When,
    Func<ProcessStatus, bool> Condition,
    Func<ProcessHandle, int, CancellationToken, Task> DoAsync)
{
    /// <summary>The signal that is awaited at the moment; null for another moment.</summary>
    public string? Awaited { get; init; }

    /// <summary>The step that runs at the moment; null for another moment.</summary>
    public string? Position { get; init; }

    /// <summary>The signal that is sent; null for another act.</summary>
    public string? Sent { get; init; }

    /// <summary>The id of the signal that an act sends: the same when it is sent again.</summary>
    public static string SignalId(int number) => $"script-{number}";
}
