namespace Orleans.Workflows.Grains.Storage;

/// <summary>The database is another cluster's, whose members live. Nothing was changed.</summary>
[GenerateSerializer, Alias("owf.ClusterRefusedException")]
public sealed class ClusterRefusedException : WorkflowException
{
    /// <summary>Makes an exception with no message of its own.</summary>
    public ClusterRefusedException()
    {
    }

    /// <summary>Makes an exception.</summary>
    /// <param name="message">Both ids, the members that live, and what to do.</param>
    public ClusterRefusedException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception with a cause.</summary>
    /// <param name="message">Both ids, the members that live, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public ClusterRefusedException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
