namespace Orleans.Workflows.Storage.GroupCommit;

/// <summary>The bounds of group commit. The defaults are those of production; tests make them small.</summary>
internal sealed record GroupCommitOptions
{
    /// <summary>
    /// The number of items that may wait before inserts of new processes are refused: a bound of the memory. Default:
    /// 10,000.
    /// </summary>
    public int MaxQueued { get; init; } = 10_000;

    /// <summary>The most items of one transaction. Default: 256.</summary>
    public int MaxBatchItems { get; init; } = 256;

    /// <summary>The most payload of one transaction, in bytes; one item may always have more. Default: 1 MiB.</summary>
    public long MaxBatchBytes { get; init; } = 1024 * 1024;

    /// <summary>
    /// How often a batch is tried again, after transient errors or on a new connection, before its callers are told.
    /// Default: 8.
    /// </summary>
    public int MaxRetries { get; init; } = 8;

    /// <summary>The wait before the first further try; it doubles each time. Default: 5 ms.</summary>
    public TimeSpan FirstBackOff { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>The longest wait before a further try. Default: 1 s.</summary>
    public TimeSpan LongestBackOff { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long a start or a message waits for a lock that another session holds before its caller is told to try
    /// again. Default: 2 s.
    /// </summary>
    public TimeSpan LockPatience { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long closing waits for what is queued. Default: 10 s.</summary>
    public TimeSpan FlushTimeout { get; init; } = TimeSpan.FromSeconds(10);
}
