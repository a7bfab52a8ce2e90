namespace Orleans.Workflows;

/// <summary>The process is in a state in which that cannot be done.</summary>
[GenerateSerializer, Alias("owf.InvalidProcessStateException")]
public sealed class InvalidProcessStateException : WorkflowException
{
    /// <summary>Makes an exception with no message of its own.</summary>
    public InvalidProcessStateException()
    {
    }

    /// <summary>Makes an exception.</summary>
    /// <param name="message">What happened, and what to do.</param>
    public InvalidProcessStateException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception with a cause.</summary>
    /// <param name="message">What happened, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public InvalidProcessStateException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>The process.</summary>
    [Id(0)]
    public ProcessId ProcessId { get; init; }

    /// <summary>Its state.</summary>
    [Id(1)]
    public ProcessState State { get; init; }
}
