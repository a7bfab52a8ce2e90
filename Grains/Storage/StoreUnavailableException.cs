namespace Orleans.Workflows.Grains.Storage;

/// <summary>
/// The store could not be reached, has no room, or is none that can be used. Nothing was changed, and the same call can
/// be made again; where <see cref="NeedsConfiguration"/> says so, only after something else was mended.
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

    /// <summary>
    /// Whether the database answers and can never be used as it is, for example because of its encoding: no wait mends
    /// that, but another database or another connection string. The message says which. Default: <c>false</c>.
    /// </summary>
    [Id(0)]
    public bool NeedsConfiguration { get; init; }
}
