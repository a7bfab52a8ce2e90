namespace Orleans.Workflows;

/// <summary>
/// Which processes to list. Filters are joined by 'and'; one that is <c>null</c> or empty does not filter.
/// </summary>
[GenerateSerializer, Immutable, Alias("owf.ProcessQuery")]
public sealed record ProcessQuery
{
    /// <summary>The name of the process type.</summary>
    [Id(0)]
    public string? Type { get; init; }

    /// <summary>The states, any of which fits.</summary>
    [Id(1)]
    public IReadOnlyList<ProcessState> States { get; init; } = [];

    /// <summary>Whether it is paused.</summary>
    [Id(2)]
    public bool? Paused { get; init; }

    /// <summary>Whether it has an open incident.</summary>
    [Id(3)]
    public bool? HasIncident { get; init; }

    /// <summary>The process that started it.</summary>
    [Id(4)]
    public ProcessId? Parent { get; init; }

    /// <summary>The root of its tree.</summary>
    [Id(5)]
    public ProcessId? Root { get; init; }

    /// <summary>Tags that it must all have, with these values.</summary>
    [Id(6)]
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>Created at this time or later.</summary>
    [Id(7)]
    public DateTimeOffset? CreatedFrom { get; init; }

    /// <summary>Created before this time.</summary>
    [Id(8)]
    public DateTimeOffset? CreatedBefore { get; init; }

    /// <summary>Ended at this time or later.</summary>
    [Id(9)]
    public DateTimeOffset? FinishedFrom { get; init; }

    /// <summary>Ended before this time.</summary>
    [Id(10)]
    public DateTimeOffset? FinishedBefore { get; init; }

    /// <summary>How the id begins.</summary>
    [Id(11)]
    public string? IdPrefix { get; init; }

    /// <summary>The order of the list. Default: the newest first.</summary>
    [Id(12)]
    public ProcessOrder Order { get; init; }

    /// <summary>How many a page has at most, 1 to 1,000. Default: 100.</summary>
    [Id(13)]
    public int PageSize { get; init; } = 100;

    /// <summary>The <see cref="ProcessPage.Next"/> of the page before; <c>null</c> for the first page.</summary>
    [Id(14)]
    public string? Continue { get; init; }

    /// <summary>Whether only processes that no other has started are listed. Default: all.</summary>
    [Id(15)]
    public bool RootsOnly { get; init; }
}
