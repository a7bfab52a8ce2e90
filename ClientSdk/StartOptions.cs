namespace Orleans.Workflows;

/// <summary>How a process is started.</summary>
public sealed record StartOptions
{
    /// <summary>
    /// The process's id; null for a new one. Give one of your own to make a start idempotent across restarts of the
    /// caller.
    /// </summary>
    /// <value>1 to 200 ASCII letters, digits and <c>-._~:@</c>.</value>
    public ProcessId? Id { get; init; }

    /// <summary>What to do when the id is taken. Default: the start fails.</summary>
    public IfExists IfExists { get; init; }

    /// <summary>How long after its storing the process begins. Default: at once.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Whether it is stored paused: nothing runs until it is played. Default: <c>false</c>.</summary>
    public bool Paused { get; init; }

    /// <summary>
    /// Tags, by which it can be found. At most 32, keys of 1 to 100 and values of up to 500 characters. Default: none.
    /// </summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// How long after its storing the process is killed unless it has ended. Null, the default: never. A paused process
    /// is not killed for it; play kills it at once then.
    /// </summary>
    public TimeSpan? Deadline { get; init; }
}
