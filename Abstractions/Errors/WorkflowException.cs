namespace Orleans.Workflows;

/// <summary>The family of everything that Orleans.Workflows throws for its own reasons.</summary>
[GenerateSerializer, Alias("owf.WorkflowException")]
public class WorkflowException : Exception
{
    /// <summary>Makes an exception with no message of its own.</summary>
    public WorkflowException()
    {
    }

    /// <summary>Makes an exception.</summary>
    /// <param name="message">What happened, to which process, and what to do.</param>
    public WorkflowException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception with a cause.</summary>
    /// <param name="message">What happened, to which process, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public WorkflowException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
