namespace Orleans.Workflows;

/// <summary>A value cannot be written as JSON, cannot be read as the type that is wanted, or is too large.</summary>
[GenerateSerializer, Alias("owf.PayloadException")]
public sealed class PayloadException : WorkflowException
{
    /// <summary>Makes an exception with no message of its own.</summary>
    public PayloadException()
    {
    }

    /// <summary>Makes an exception.</summary>
    /// <param name="message">What happened, and what to do.</param>
    public PayloadException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception with a cause.</summary>
    /// <param name="message">What happened, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public PayloadException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
