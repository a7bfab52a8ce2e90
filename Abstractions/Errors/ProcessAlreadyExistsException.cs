namespace Orleans.Workflows;

/// <summary>The id of a start is taken by another process.</summary>
[GenerateSerializer, Alias("owf.ProcessAlreadyExistsException")]
public sealed class ProcessAlreadyExistsException : WorkflowException
{
    /// <summary>Makes an exception with no message of its own.</summary>
    public ProcessAlreadyExistsException()
    {
    }

    /// <summary>Makes an exception.</summary>
    /// <param name="message">What happened, and what to do.</param>
    public ProcessAlreadyExistsException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception with a cause.</summary>
    /// <param name="message">What happened, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public ProcessAlreadyExistsException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>The id.</summary>
    [Id(0)]
    public ProcessId ProcessId { get; init; }

    /// <summary>The state of the process that has the id.</summary>
    [Id(1)]
    public ProcessState State { get; init; }
}
