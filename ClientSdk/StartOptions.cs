using Orleans.Workflows.Abstractions;

namespace Orleans.Workflows.ClientSdk;

/// <summary>How a process is started.</summary>
public sealed record StartOptions
{
    /// <summary>The process's id; null for a new one. Give one of your own to make a start idempotent across restarts of the caller.</summary>
    /// <value>1 to 200 ASCII letters, digits and <c>-._~:@</c>.</value>
    public ProcessId? Id { get; init; }

    /// <summary>What to do when the id is taken. Default: the start fails.</summary>
    public IfExists IfExists { get; init; }

    /// <summary>How long after its storing the process begins. Default: at once.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Whether it is stored paused: nothing runs until it is played. Default: <c>false</c>.</summary>
    public bool Paused { get; init; }

    /// <summary>Tags, by which it can be found. At most 32, keys of 1 to 100 and values of up to 500 characters. Default: none.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>How long after its storing the process is killed unless it has ended. Null, the default: never. A paused process is not killed for it; play kills it at once then.</summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary>Throws when a value is out of its range.</summary>
    /// <exception cref="ArgumentException">Which value, and what is allowed.</exception>
    internal void Validate()
    {
        Id?.ThrowIfNotForClients();
        ArgumentOutOfRangeException.ThrowIfLessThan(Delay, TimeSpan.Zero);
        if (Deadline is { } deadline)
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(deadline, TimeSpan.Zero, nameof(Deadline));
        }

        if (Tags.Count > 32 || Tags.Any(static tag => tag.Key.Length is 0 or > 100 || tag.Value is null or { Length: > 500 } || Illegal(tag.Key) || Illegal(tag.Value)))
        {
            throw new ArgumentException("At most 32 tags are allowed, with keys of 1 to 100 and values of up to 500 characters, without U+0000.");
        }
    }

    private static bool Illegal(string text) => text.Contains('\0', StringComparison.Ordinal);
}
