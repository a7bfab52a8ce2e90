namespace Orleans.Workflows;

/// <summary>
/// The silo is short of memory or threads, or has more starts than it can store in time; or a process has as many
/// signals as it may have. This call stored nothing; try again later.
/// </summary>
[GenerateSerializer, Alias("owf.WorkflowOverloadedException")]
public sealed class WorkflowOverloadedException : WorkflowException
{
    /// <summary>Makes an exception with no message of its own.</summary>
    public WorkflowOverloadedException()
    {
    }

    /// <summary>Makes an exception.</summary>
    /// <param name="message">What happened, and what to do.</param>
    public WorkflowOverloadedException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception with a cause.</summary>
    /// <param name="message">What happened, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public WorkflowOverloadedException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>How long to wait before the next try. Default: one second.</summary>
    [Id(0)]
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(1);
}
