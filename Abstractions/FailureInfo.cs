namespace Orleans.Workflows.Abstractions;

/// <summary>An error as data: it survives every boundary and needs none of the types that threw it.</summary>
[GenerateSerializer, Immutable, Alias("owf.FailureInfo")]
public sealed record FailureInfo
{
    /// <summary>The full name of the exception's type.</summary>
    [Id(0)]
    public required string Type { get; init; }

    /// <summary>What the exception said, at most 8,000 characters.</summary>
    [Id(1)]
    public required string Message { get; init; }

    /// <summary>The stack trace, at most 8,000 characters; <c>null</c> when there is none.</summary>
    [Id(2)]
    public string? StackTrace { get; init; }

    /// <summary>The cause; <c>null</c> when there is none. At most ten causes are kept.</summary>
    [Id(3)]
    public FailureInfo? Inner { get; init; }

    /// <summary>Describes an exception.</summary>
    /// <param name="exception">The exception.</param>
    /// <returns>Its type, message, stack trace and causes.</returns>
    public static FailureInfo From(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return From(exception, depth: 10);
    }

    /// <summary>Whether this failure or one of its causes was an exception of the type.</summary>
    /// <typeparam name="TException">The exception's own type; derived types do not count, for only names are stored.</typeparam>
    /// <returns>Whether the chain has it.</returns>
    public bool IsCausedBy<TException>()
        where TException : Exception => Type == typeof(TException).FullName || (Inner?.IsCausedBy<TException>() ?? false);

    /// <summary>The type and the message, with those of the causes.</summary>
    /// <returns>One line.</returns>
    public override string ToString() => Inner is null ? $"{Type}: {Message}" : $"{Type}: {Message} <- {Inner}";

    private static FailureInfo From(Exception exception, int depth) => new()
    {
        Type = exception.GetType().FullName ?? exception.GetType().Name,
        Message = ExceptionText.MessageOf(exception),
        StackTrace = ExceptionText.TraceOf(exception),
        Inner = exception.InnerException is { } inner && depth > 0 ? From(inner, depth - 1) : null,
    };
}
