using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Engine;

namespace Orleans.Workflows.Grains.Definitions;

/// <summary>Turns the children that a definition names into those that the engine starts.</summary>
internal static class ChildRequests
{
    /// <summary>Checks one child.</summary>
    /// <typeparam name="TOutput">The child's output.</typeparam>
    /// <param name="child">The child.</param>
    /// <param name="index">Its place among those that are started together.</param>
    /// <exception cref="ArgumentException">Its type, its id or a tag is not one that a client may give.</exception>
    public static ChildRequest From<TOutput>(ChildStart<TOutput> child, int index)
    {
        ArgumentNullException.ThrowIfNull(child);
        RequestChecks.CheckType(child.Type);
        RequestChecks.CheckTags(child.Tags);
        child.Id?.ThrowIfNotForClients();
        return new ChildRequest(index, child.Type, new RawJson(child.Input), child.Id, child.Tags);
    }

    /// <summary>The wait for children, as the engine is told.</summary>
    /// <typeparam name="TOutput">The children's output.</typeparam>
    /// <exception cref="ArgumentException">Two children have the same id, or a tag cannot be stored.</exception>
    public static Directive.AwaitChildren ToAwait<TOutput>(IEnumerable<ChildStart<TOutput>> children, string then)
    {
        ArgumentNullException.ThrowIfNull(children);
        var given = children.ToList();
        return ToAwait(
            [.. given.Select(From)],
            [.. given.Index().Where(static child => child.Item.MustSucceed).Select(static child => child.Index)],
            then);
    }

    /// <summary>The wait for children, as the engine is told.</summary>
    /// <param name="requests">The children.</param>
    /// <param name="mustSucceed">The indexes of those whose failure is the parent's.</param>
    /// <param name="then">The step that gets the results.</param>
    /// <exception cref="ArgumentException">Two children have the same id.</exception>
    public static Directive.AwaitChildren ToAwait(
        IReadOnlyList<ChildRequest> requests,
        IReadOnlyList<int> mustSucceed,
        string then)
    {
        var twice = requests
            .Where(request => request.Id is not null)
            .GroupBy(request => request.Id)
            .FirstOrDefault(group => group.Count() > 1);
        return twice is null
            ? new Directive.AwaitChildren(requests, requests.Count, then, GivenIds(requests))
            {
                MustSucceed = mustSucceed.Count == 0 ? null : mustSucceed,
            }
            : throw new ArgumentException($"Two children of one step have the id '{twice.Key}'.", nameof(requests));
    }

    /// <summary>Checks how many children are to run at a time.</summary>
    /// <param name="maxConcurrency">How many; null for all.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is below 1.</exception>
    public static int? CheckBound(int? maxConcurrency) =>
        maxConcurrency < 1
            ? throw new ArgumentOutOfRangeException(
                nameof(maxConcurrency),
                maxConcurrency,
                "At least 1 child runs at a time; leave it out for all.")
            : maxConcurrency;

    /// <summary>The ids that the definition gives.</summary>
    /// <returns>The ids by index; null when it gives none.</returns>
    private static Dictionary<int, ProcessId>? GivenIds(IReadOnlyList<ChildRequest> requests) =>
        requests.Any(static request => request.Id is not null)
            ? requests
                .Where(static request => request.Id is not null)
                .ToDictionary(static request => request.Index, static request => request.Id!.Value)
            : null;

    /// <summary>Turns the rows of ended children into what a definition gets.</summary>
    /// <typeparam name="TOutput">The children's output.</typeparam>
    public static IReadOnlyList<ChildResult<TOutput>> Results<TOutput>(
        IReadOnlyList<(int Index, ProcessOutcome Outcome)> results
    ) => [.. results.Select(static result => new ChildResult<TOutput>(result.Outcome, result.Index))];
}
