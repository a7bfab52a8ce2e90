namespace Orleans.Workflows;

/// <summary>What another process has thrown, as it was stored: the cause of an exception about its end.</summary>
[GenerateSerializer, Alias("owf.FailureException")]
public sealed class FailureException : WorkflowException
{
    /// <summary>Makes an exception with no message of its own.</summary>
    public FailureException()
    {
    }

    /// <summary>Makes an exception.</summary>
    /// <param name="message">What was thrown.</param>
    public FailureException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception with a cause.</summary>
    /// <param name="message">What was thrown.</param>
    /// <param name="innerException">The cause.</param>
    public FailureException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Makes the exception of a failure, with exceptions of its causes.</summary>
    /// <param name="failure">The failure.</param>
    public FailureException(FailureInfo failure)
        : base(Checked(failure).Message, failure.Inner is { } inner ? new FailureException(inner) : null) =>
        Failure = failure;

    /// <summary>
    /// The failure, with the name of the type that was thrown; null for an exception that was made without one.
    /// </summary>
    [Id(0)]
    public FailureInfo? Failure { get; init; }

    /// <summary>
    /// The type and the message of what was thrown and of its causes, with the stack trace of its own place.
    /// </summary>
    /// <returns>Several lines.</returns>
    public override string ToString() => Failure is null ? base.ToString()
        : Failure.StackTrace is null ? $"{Failure}"
        : $"{Failure}{Environment.NewLine}{Failure.StackTrace}";

    private static FailureInfo Checked(FailureInfo failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return failure;
    }
}
