using System.Diagnostics.CodeAnalysis;

namespace Orleans.Workflows;

/// <summary>A process ended, but not with success: its result was asked for and there is none.</summary>
[GenerateSerializer, Alias("owf.ProcessFailedException")]
public sealed class ProcessFailedException : WorkflowException
{
    /// <summary>Makes an exception with no message of its own.</summary>
    public ProcessFailedException()
    {
    }

    /// <summary>Makes an exception.</summary>
    /// <param name="message">What happened, and what to do.</param>
    public ProcessFailedException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception with a cause.</summary>
    /// <param name="message">What happened, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public ProcessFailedException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Makes the exception of an end. What the process has thrown is its cause.</summary>
    /// <param name="message">What happened, and what to do.</param>
    /// <param name="outcome">How it ended.</param>
    [SetsRequiredMembers]
    public ProcessFailedException(string message, ProcessOutcome outcome)
        : base(message, outcome?.Failure is { } failure ? new FailureException(failure) : null)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        Outcome = outcome;
    }

    /// <summary>How it ended. <see cref="ProcessOutcome.ReadOutput"/> reads what it had emitted.</summary>
    [Id(0)]
    public required ProcessOutcome Outcome { get; init; }
}
