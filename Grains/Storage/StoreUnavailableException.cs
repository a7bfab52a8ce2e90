namespace Orleans.Workflows.Grains.Storage;

/// <summary>
/// The store could not be reached, or has no room. Nothing was changed, and the same call can be made again.
/// </summary>
[GenerateSerializer, Alias("owf.StoreUnavailableException")]
public sealed class StoreUnavailableException : WorkflowException
{
    /// <summary>Makes an exception with no message of its own.</summary>
    public StoreUnavailableException()
    {
    }

    /// <summary>Makes an exception.</summary>
    /// <param name="message">What the database said, and what to do.</param>
    public StoreUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception with a cause.</summary>
    /// <param name="message">What the database said, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public StoreUnavailableException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
