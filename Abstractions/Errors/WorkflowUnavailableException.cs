namespace Orleans.Workflows;

/// <summary>
/// The cluster or its store could not be reached, or answered too late. What was asked may or may not have been done.
/// Every operation of the client can be repeated safely; a start, a signal or a control with the id that it had, which
/// is here also when the client made it.
/// </summary>
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

    /// <summary>
    /// The process that may have been started, or that a signal or control was for; <c>null</c> when nothing was to be
    /// stored.
    /// </summary>
    [Id(0)]
    public ProcessId? ProcessId { get; init; }

    /// <summary>The id of the signal or control that may have been stored; <c>null</c> for anything else.</summary>
    [Id(1)]
    public string? MessageId { get; init; }
}
