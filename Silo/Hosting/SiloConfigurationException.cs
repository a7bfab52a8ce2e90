namespace Orleans.Workflows;

/// <summary>The silo cannot start as it is configured.</summary>
[GenerateSerializer, Alias("owf.SiloConfigurationException")]
public sealed class SiloConfigurationException : WorkflowException
{
    /// <summary>Makes an exception with no message of its own.</summary>
    public SiloConfigurationException()
    {
    }

    /// <summary>Makes an exception.</summary>
    /// <param name="message">Every fault, each with its option and its remedy.</param>
    public SiloConfigurationException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception with a cause.</summary>
    /// <param name="message">Every fault, each with its option and its remedy.</param>
    /// <param name="innerException">The cause.</param>
    public SiloConfigurationException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
