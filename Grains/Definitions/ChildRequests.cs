using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Engine;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Grains.Definitions;

/// <summary>Turns the children that a definition names into those that the engine starts.</summary>
internal static class ChildRequests
{
    /// <summary>Numbers the children in their order.</summary>
    /// <typeparam name="TOutput">The children's output.</typeparam>
    /// <param name="children">The children.</param>
    /// <returns>The requests.</returns>
    /// <exception cref="ArgumentException">Two children have the same id, or a tag cannot be stored.</exception>
    public static IReadOnlyList<ChildRequest> From<TOutput>(IEnumerable<ChildStart<TOutput>> children)
    {
        ArgumentNullException.ThrowIfNull(children);
        var requests = children.Select((child, index) => new ChildRequest(index, child.Type, new RawJson(child.Input), child.Id, child.Tags)).ToList();
        foreach (var text in requests.SelectMany(static request => request.Tags).SelectMany(static tag => new[] { tag.Key, tag.Value }))
        {
            StorableText.Check(text, "tag of a child", nameof(children));
        }

        var twice = requests.Where(request => request.Id is not null).GroupBy(request => request.Id).FirstOrDefault(group => group.Count() > 1);
        return twice is null ? requests : throw new ArgumentException($"Two children of one step have the id '{twice.Key}'.", nameof(children));
    }

    /// <summary>The ids that the definition gives.</summary>
    /// <param name="requests">The requests.</param>
    /// <returns>The ids by index; null when it gives none.</returns>
    public static IReadOnlyDictionary<int, ProcessId>? GivenIds(IReadOnlyList<ChildRequest> requests) =>
        requests.Any(static request => request.Id is not null)
            ? requests.Where(static request => request.Id is not null).ToDictionary(static request => request.Index, static request => request.Id!.Value)
            : null;

    /// <summary>Turns the rows of ended children into what a definition gets.</summary>
    /// <typeparam name="TOutput">The children's output.</typeparam>
    /// <param name="results">The outcomes with their indexes.</param>
    /// <returns>The results by index.</returns>
    public static IReadOnlyList<ChildResult<TOutput>> Results<TOutput>(IReadOnlyList<(int Index, ProcessOutcome Outcome)> results) =>
        [.. results.Select(static result => new ChildResult<TOutput>(result.Outcome, result.Index))];
}
