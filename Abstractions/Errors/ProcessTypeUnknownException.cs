namespace Orleans.Workflows;

/// <summary>No silo of the cluster knows the process type.</summary>
[GenerateSerializer, Alias("owf.ProcessTypeUnknownException")]
public sealed class ProcessTypeUnknownException : WorkflowException
{
    /// <summary>Makes an exception with no message of its own.</summary>
    public ProcessTypeUnknownException()
    {
    }

    /// <summary>Makes an exception.</summary>
    /// <param name="message">What happened, and what to do.</param>
    public ProcessTypeUnknownException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception with a cause.</summary>
    /// <param name="message">What happened, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public ProcessTypeUnknownException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>The name of the process type.</summary>
    [Id(0)]
    public string ProcessType { get; init; } = "";
}
