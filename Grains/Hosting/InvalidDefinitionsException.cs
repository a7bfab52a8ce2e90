namespace Orleans.Workflows;

/// <summary>Definitions have faults: the silo does not start.</summary>
[GenerateSerializer, Alias("owf.InvalidDefinitionsException")]
public sealed class InvalidDefinitionsException : WorkflowException
{
    /// <summary>Makes an exception with no message of its own.</summary>
    public InvalidDefinitionsException()
    {
    }

    /// <summary>Makes an exception.</summary>
    /// <param name="message">Every fault.</param>
    public InvalidDefinitionsException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception with a cause.</summary>
    /// <param name="message">Every fault.</param>
    /// <param name="innerException">The cause.</param>
    public InvalidDefinitionsException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Every fault of every definition, each naming its class.</summary>
    [Id(0)]
    public IReadOnlyList<string> Faults { get; init; } = [];
}
