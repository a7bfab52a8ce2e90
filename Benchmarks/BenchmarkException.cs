namespace Orleans.Workflows.Benchmarks;

/// <summary>A benchmark could not be carried out; the message says what to change.</summary>
internal sealed class BenchmarkException : Exception
{
    /// <summary>Makes an exception with no message of its own.</summary>
    public BenchmarkException()
    {
    }

    /// <summary>Makes an exception.</summary>
    /// <param name="message">What went wrong, and what to change.</param>
    public BenchmarkException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception with a cause.</summary>
    /// <param name="message">What went wrong, and what to change.</param>
    /// <param name="innerException">The cause.</param>
    public BenchmarkException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
