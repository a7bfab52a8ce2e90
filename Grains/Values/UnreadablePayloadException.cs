namespace Orleans.Workflows.Grains.Values;

/// <summary>A stored payload cannot be read as the definition's type: an incident, not a failure of the step.</summary>
internal sealed class UnreadablePayloadException : Exception
{
    /// <summary>
    /// The key in the data of an exception that says the same, where the public API promises another type.
    /// </summary>
    public const string Mark = "orleans.workflows.unreadable";

    /// <summary>
    /// What can be done where the step needs what cannot be read: without it the step can be skipped.
    /// </summary>
    public const string RemedyOfStep =
        "Deploy a definition that can read it, or mend it in the database, then play; or skip the step, or kill.";

    /// <summary>
    /// What can be done about it. A step that is skipped still gets input and context, and what earlier steps have
    /// left.
    /// </summary>
    public string Remedy { get; init; } =
        "Deploy a definition that can read it, or mend it in the database, then play; or kill.";

    /// <summary>Makes an exception with no message of its own.</summary>
    public UnreadablePayloadException()
    {
    }

    /// <summary>Makes an exception.</summary>
    public UnreadablePayloadException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception with a cause.</summary>
    public UnreadablePayloadException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
