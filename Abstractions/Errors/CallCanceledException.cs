namespace Orleans.Workflows;

/// <summary>
/// A start, a signal or a control was cancelled by its caller's token, and nobody knows whether it was stored before;
/// or the waiting for a process was, which goes on. The call can be repeated safely with the id that it had, which is
/// here also when the client made it.
/// </summary>
[GenerateSerializer, Alias("owf.CallCanceledException")]
public sealed class CallCanceledException : OperationCanceledException
{
    /// <summary>Makes an exception with no message of its own.</summary>
    public CallCanceledException()
    {
    }

    /// <summary>Makes an exception.</summary>
    /// <param name="message">What was cancelled, and what to do.</param>
    public CallCanceledException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception with a cause.</summary>
    /// <param name="message">What was cancelled, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public CallCanceledException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Makes an exception of a token.</summary>
    /// <param name="message">What was cancelled, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    /// <param name="cancellationToken">The token.</param>
    public CallCanceledException(string message, Exception? innerException, CancellationToken cancellationToken)
        : base(message, innerException, cancellationToken)
    {
    }

    /// <summary>The process that may have been started, or that a signal or control was for.</summary>
    [Id(0)]
    public ProcessId ProcessId { get; init; }

    /// <summary>The id of the signal or control that may have been stored; <c>null</c> for a start.</summary>
    [Id(1)]
    public string? MessageId { get; init; }
}
