namespace Orleans.Workflows.Abstractions;

/// <summary>A process ended, but not with success: its result was asked for and there is none.</summary>
[GenerateSerializer, Alias("owf.ProcessFailedException")]
public sealed class ProcessFailedException : WorkflowException
{
    /// <summary>Makes an exception with no message of its own.</summary>
    public ProcessFailedException()
    {
    }

    /// <summary>Makes an exception.</summary>
    /// <param name="message">What happened, and what to do.</param>
    public ProcessFailedException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception with a cause.</summary>
    /// <param name="message">What happened, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public ProcessFailedException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>How it ended.</summary>
    [Id(0)]
    public ProcessOutcome? Outcome { get; init; }
}
