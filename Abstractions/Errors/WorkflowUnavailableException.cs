namespace Orleans.Workflows.Abstractions;

/// <summary>The cluster or its store could not be reached, or answered too late. What was asked may or may not have been done; every operation of the client can be repeated safely.</summary>
[GenerateSerializer, Alias("owf.WorkflowUnavailableException")]
public sealed class WorkflowUnavailableException : WorkflowException
{
    /// <summary>Makes an exception with no message of its own.</summary>
    public WorkflowUnavailableException()
    {
    }

    /// <summary>Makes an exception.</summary>
    /// <param name="message">What happened, and what to do.</param>
    public WorkflowUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception with a cause.</summary>
    /// <param name="message">What happened, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public WorkflowUnavailableException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
