namespace Orleans.Workflows;

/// <summary>There is no process with the id: it never existed, or was purged.</summary>
[GenerateSerializer, Alias("owf.ProcessNotFoundException")]
public sealed class ProcessNotFoundException : WorkflowException
{
    /// <summary>Makes an exception with no message of its own.</summary>
    public ProcessNotFoundException()
    {
    }

    /// <summary>Makes an exception.</summary>
    /// <param name="message">What happened, and what to do.</param>
    public ProcessNotFoundException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception with a cause.</summary>
    /// <param name="message">What happened, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public ProcessNotFoundException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>The id.</summary>
    [Id(0)]
    public ProcessId ProcessId { get; init; }
}
