namespace Orleans.Workflows.Grains.Running;

/// <summary>A stored payload cannot be read as the definition's type: an incident, not a failure of the step.</summary>
internal sealed class UnreadablePayloadException : Exception
{
    /// <summary>The key in the data of an exception that says the same, where the public API promises another type.</summary>
    public const string Mark = "orleans.workflows.unreadable";

    /// <summary>Makes an exception with no message of its own.</summary>
    public UnreadablePayloadException()
    {
    }

    /// <summary>Makes an exception.</summary>
    /// <param name="message">Which payload.</param>
    public UnreadablePayloadException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception with a cause.</summary>
    /// <param name="message">Which payload.</param>
    /// <param name="innerException">The cause.</param>
    public UnreadablePayloadException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
