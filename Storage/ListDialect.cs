namespace Orleans.Workflows.Storage;

/// <summary>How a database says what lists of processes need.</summary>
internal sealed record ListDialect
{
    /// <summary>The tags as text.</summary>
    public required string Tags { get; init; }

    /// <summary>That a process is paused: the very words of the index's predicate.</summary>
    public required string Paused { get; init; }

    /// <summary>That it is not.</summary>
    public required string NotPaused { get; init; }

    /// <summary>That a process belongs to the tree of a root, given the root's parameter.</summary>
    public required Func<string, string> OfRoot { get; init; }

    /// <summary>That a process has a tag, given the parameters of its name and value.</summary>
    public required Func<string, string, string> HasTag { get; init; }

    /// <summary>A time as the value of a parameter.</summary>
    public required Func<DateTimeOffset, object> Time { get; init; }
}
