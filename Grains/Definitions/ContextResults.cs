using System.Text.Json;
using System.Text.Json.Nodes;
using Orleans.Workflows.Grains.Engine;
using Orleans.Workflows.Grains.Values;
using Orleans.Workflows.Linked;

namespace Orleans.Workflows.Grains.Definitions;

/// <summary>
/// Puts the results of children into a context, before the predicates behind the step that started them are asked.
/// </summary>
internal static class ContextResults
{
    /// <summary>What is stored with the wait.</summary>
    /// <param name="places">The places, by the children's indexes.</param>
    public static RawJson Write(IEnumerable<ContextPlace> places) =>
        new(WorkflowJson.Write(places.ToList(), "places of the children's results"));

    /// <summary>
    /// Puts results in their places. Those of a list are added in the order in which the children were given.
    /// </summary>
    /// <param name="context">The context; null for an empty one.</param>
    /// <param name="places">What was stored with the wait.</param>
    /// <param name="results">The results by index.</param>
    /// <exception cref="PayloadException">The context has something else in one of the places.</exception>
    /// <exception cref="UnreadablePayloadException">
    /// The places, the context or the output of a child cannot be read.
    /// </exception>
    public static RawJson Apply(
        RawJson? context,
        RawJson? places,
        IReadOnlyList<(int Index, ProcessOutcome Outcome)> results)
    {
        var root = context is null
            ? []
            : JsonNode.Parse(context.Utf8) as JsonObject
                ?? throw new UnreadablePayloadException("The stored context is not a JSON object.");
        var byIndex = PlacesOf(places);
        foreach (var (index, outcome) in results.OrderBy(static result => result.Index))
        {
            var place = byIndex.ElementAtOrDefault(index)
                ?? throw new UnreadablePayloadException(
                    $"The stored wait does not say where the result of the child {outcome.Id} goes.");
            Put(root, place, Write(outcome, index));
        }

        return new RawJson(WorkflowJson.Write(root, "context"));
    }

    private static JsonNode Write(ProcessOutcome outcome, int index)
    {
        try
        {
            return JsonSerializer.SerializeToNode(new StoredChildResult(outcome, index), WorkflowJson.Options)!;
        }
        catch (JsonException e)
        {
            throw new PayloadException(
                $"The result of the child {outcome.Id} does not go into the context: {Sentence.Ended(e.Message)} "
                + $"A context is at most {WorkflowLimits.MaxPayloadDepth} "
                + "deep, and the child's output lies some levels down in it: have the child give less depth, or take "
                + "the result by a step.",
            e);
        }
    }

    private static List<ContextPlace> PlacesOf(RawJson? places)
    {
        try
        {
            return places is null
                ? []
                : WorkflowJson.Read<List<ContextPlace>>(places.Utf8, "places of the children's results") ?? [];
        }
        catch (PayloadException e)
        {
            throw new UnreadablePayloadException(e.Message, e);
        }
    }

    private static void Put(JsonObject root, ContextPlace place, JsonNode result)
    {
        var names = place.Key.Split('.');
        var owner = root;
        foreach (var name in names.SkipLast(1))
        {
            owner = owner[name] switch
            {
                JsonObject inner => inner,
                null => Add(owner, name),
                _ => throw new PayloadException(
                    $"The context has a value at '{name}' where the result for '{place.Key}' needs an object."),
            };
        }

        if (!place.Append)
        {
            owner[names[^1]] = result;
            return;
        }

        if (owner[names[^1]] is not JsonArray list)
        {
            owner[names[^1]] = list = owner[names[^1]] is null
                ? []
                : throw new PayloadException($"The context has no list at '{place.Key}' to add a result to.");
        }

        list.Add(result);
    }

    private static JsonObject Add(JsonObject owner, string name)
    {
        var inner = new JsonObject();
        owner[name] = inner;
        return inner;
    }
}
