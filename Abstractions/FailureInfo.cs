using Orleans.Workflows.Abstractions;

namespace Orleans.Workflows;

/// <summary>An error as data: it survives every boundary and needs none of the types that threw it.</summary>
[GenerateSerializer, Immutable, Alias("owf.FailureInfo")]
public sealed record FailureInfo
{
    private const int MostDepth = 10;
    private const int MostCauses = 100;
    private const int MostTraces = 11;

    /// <summary>The full name of the exception's type.</summary>
    [Id(0)]
    public required string Type { get; init; }

    /// <summary>What the exception said, at most 8,000 characters.</summary>
    [Id(1)]
    public required string Message { get; init; }

    /// <summary>The stack trace, at most 8,000 characters; <c>null</c> when there is none.</summary>
    [Id(2)]
    public string? StackTrace { get; init; }

    /// <summary>The cause; <c>null</c> when there is none. At most ten causes of causes are kept.</summary>
    [Id(3)]
    public FailureInfo? Inner { get; init; }

    /// <summary>
    /// The causes of an <see cref="AggregateException"/> besides the first, which is <see cref="Inner"/>; <c>null</c>
    /// when there are none.
    /// </summary>
    /// <remarks>At most a hundred causes are kept in all, the stack traces of the first ten.</remarks>
    [Id(4)]
    public IReadOnlyList<FailureInfo>? Others { get; init; }

    /// <summary>Describes an exception.</summary>
    /// <param name="exception">The exception.</param>
    /// <returns>Its type, message, stack trace and causes.</returns>
    public static FailureInfo From(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        var room = MostCauses;
        return From(exception, MostDepth, ref room);
    }

    /// <summary>Whether this failure or one of its causes was an exception of the type.</summary>
    /// <typeparam name="TException">
    /// The exception's own type; derived types do not count, for only names are stored.
    /// </typeparam>
    /// <returns>Whether it or one of the causes is.</returns>
    public bool IsCausedBy<TException>()
        where TException : Exception =>
        Type == NameOf(typeof(TException)) || Causes.Any(static cause => cause.IsCausedBy<TException>());

    /// <summary>The name by which failures of an exception's type are stored.</summary>
    /// <param name="exception">The exception's type.</param>
    /// <returns>
    /// Its full name; for an exception of this assembly the one that it began with, which failures stored before it
    /// came into the namespace <c>Orleans.Workflows</c> have, and silos of an older build compare with.
    /// </returns>
    public static string NameOf(Type exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return exception.Assembly == typeof(FailureInfo).Assembly
            ? $"Orleans.Workflows.Abstractions.{exception.Name}"
            : exception.FullName ?? exception.Name;
    }

    /// <summary>The type and the message, with those of the causes.</summary>
    /// <returns>One line.</returns>
    public override string ToString() =>
        Inner is null ? $"{Type}: {Message}" : $"{Type}: {Message} <- {string.Join(" <- ", Causes)}";

    private IEnumerable<FailureInfo> Causes => Inner is null ? [] : Others is null ? [Inner] : Others.Prepend(Inner);

    private static FailureInfo From(Exception exception, int depth, ref int room)
    {
        if (exception is FailureException { Failure: { } failure })
        {
            // Of another process: its own types say what caused it, not ours.
            return failure.Within(depth, ref room);
        }

        IEnumerable<Exception> all = exception is AggregateException several ? several.InnerExceptions
            : exception.InnerException is { } inner ? [inner]
            : [];
        var hasTrace = room > MostCauses - MostTraces;
        var causes = new List<FailureInfo>();
        foreach (var cause in all)
        {
            if (depth == 0 || room == 0)
            {
                break;
            }

            room--;
            causes.Add(From(cause, depth - 1, ref room));
        }

        return new FailureInfo
        {
            Type = NameOf(exception.GetType()),
            Message = ExceptionText.MessageOf(exception),
            StackTrace = hasTrace ? ExceptionText.TraceOf(exception) : null,
            Inner = causes.FirstOrDefault(),
            Others = causes.Count > 1 ? causes[1..] : null,
        };
    }

    /// <summary>
    /// The same failure with no more causes than there is room for: a failure goes from child to parent, however deep
    /// they nest.
    /// </summary>
    private FailureInfo Within(int depth, ref int room)
    {
        var hasTrace = room > MostCauses - MostTraces;
        var causes = new List<FailureInfo>();
        foreach (var cause in Causes)
        {
            if (depth == 0 || room == 0)
            {
                break;
            }

            room--;
            causes.Add(cause.Within(depth - 1, ref room));
        }

        return this with
        {
            StackTrace = hasTrace ? StackTrace : null,
            Inner = causes.FirstOrDefault(),
            Others = causes.Count > 1 ? causes[1..] : null,
        };
    }
}
