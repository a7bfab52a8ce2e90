using System.Text.Json.Nodes;

namespace Orleans.Workflows.Grains.Ports;

/// <summary>Keeps the references of a schema right while parts of it move or go.</summary>
internal static class SchemaReferences
{
    /// <summary>
    /// A type that many others contain is copied that often; where this ends nothing is said of the value.
    /// </summary>
    private const int MostCopies = 1000;

    /// <summary>The keyword whose parts are named by ports.</summary>
    private const string Names = "properties";

    /// <summary>
    /// Puts a copy in the place of every reference to another part; what is left points upwards, where a type contains
    /// itself.
    /// </summary>
    public static void Inline(JsonObject schema)
    {
        var copies = 0;
        Inline(schema, "#", schema.DeepClone(), isNames: false, ref copies);
    }

    /// <summary>Lets references point where a part has moved.</summary>
    public static void Rebase(JsonNode? node, string from, string to) => Rebase(node, from, to, isNames: false);

    /// <summary>Writes a name as a part of a pointer.</summary>
    /// <returns>The name without the signs that mean something there.</returns>
    public static string Escape(string name) =>
        name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    private static void Rebase(JsonNode? node, string from, string to, bool isNames)
    {
        if (node is JsonObject schema && ReferenceOf(schema) is { } reference && IsBelow(reference, from))
        {
            schema["$ref"] = to + reference[from.Length..];
        }

        foreach (var (step, below) in Parts(node, isNames))
        {
            Rebase(below, from, to, !isNames && step == Names);
        }
    }

    private static void Inline(JsonNode? node, string place, JsonNode original, bool isNames, ref int copies)
    {
        while (node is JsonObject schema && ReferenceOf(schema) is { } reference && !IsBelow(place, reference))
        {
            schema.Remove("$ref");
            if (++copies > MostCopies || Find(original, reference) is not JsonObject target)
            {
                return;
            }

            var copy = target.DeepClone().AsObject();
            Rebase(copy, reference, place);
            foreach (var (keyword, value) in copy.Where(keyword => !schema.ContainsKey(keyword.Key)).ToList())
            {
                schema[keyword] = value?.DeepClone();
            }
        }

        foreach (var (step, below) in Parts(node, isNames))
        {
            Inline(below, $"{place}/{Escape(step)}", original, !isNames && step == Names, ref copies);
        }
    }

    private static JsonNode? Find(JsonNode schema, string pointer) =>
        pointer
            .Split('/')
            .Skip(1)
            .Select(static step =>
                Uri.UnescapeDataString(step)
                    .Replace("~1", "/", StringComparison.Ordinal)
                    .Replace("~0", "~", StringComparison.Ordinal))
            .Aggregate<string, JsonNode?>(schema, static (node, step) => node switch
                {
                    JsonObject parts => parts[step],
                    JsonArray items when int.TryParse(step, out var index) && index < items.Count => items[index],
                    _ => null,
                });

    private static string? ReferenceOf(JsonObject schema) =>
        schema["$ref"] is JsonValue value && value.TryGetValue<string>(out var reference) ? reference : null;

    private static bool IsBelow(string place, string above) =>
        place == above || place.StartsWith($"{above}/", StringComparison.Ordinal);

    /// <summary>Values in a schema are no schemas; but a port may have the name of a keyword.</summary>
    private static List<(string Step, JsonNode? Part)> Parts(JsonNode? node, bool isNames) =>
        node switch
        {
            JsonObject schema =>
            [
                .. schema
                    .Where(part => isNames || part.Key is not ("default" or "enum" or "const"))
                    .Select(static part => (part.Key, part.Value)),
            ],
            JsonArray items => [.. items.Select(static (item, index) => ($"{index}", item))],
            _ => [],
        };
}
