namespace Orleans.Workflows;

/// <summary>An input or output did not pass its validation.</summary>
[GenerateSerializer, Alias("owf.PortValidationException")]
public sealed class PortValidationException : WorkflowException
{
    /// <summary>Makes an exception with no message of its own.</summary>
    public PortValidationException()
    {
    }

    /// <summary>Makes an exception.</summary>
    /// <param name="message">What happened, and what to do.</param>
    public PortValidationException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception with a cause.</summary>
    /// <param name="message">What happened, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public PortValidationException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>
    /// Every fault, in the order of the ports. Written as a line: <c>inputs.address.city: The City field is
    /// required.</c>
    /// </summary>
    [Id(1)]
    public IReadOnlyList<PortFault> Faults { get; init; } = [];
}
