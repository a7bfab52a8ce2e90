namespace Orleans.Workflows.Testing;

/// <summary>A test waits for something that does not come. The message says what every process waits for.</summary>
public sealed class WorkflowTestException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What does not come, and what to do.</param>
    public WorkflowTestException(string message)
        : base(message)
    {
    }
}
