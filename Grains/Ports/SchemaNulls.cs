using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orleans.Workflows.Grains.Ports;

/// <summary>Says in a schema whether null is a value, where its type alone does not.</summary>
internal static class SchemaNulls
{
    /// <summary>Refuses null.</summary>
    /// <returns>The schema: the same, changed, or another where it was <c>true</c>.</returns>
    public static JsonNode? Refuse(JsonNode? node)
    {
        if (node is not JsonObject schema)
        {
            return node?.GetValueKind() == JsonValueKind.True ? new JsonObject { ["not"] = Null() } : node;
        }

        (schema["enum"] as JsonArray)?.RemoveAll(static value => value is null);
        if (schema["type"] is JsonArray types)
        {
            types.RemoveAll(static type => type?.GetValue<string>() == "null");
            if (types is [var only])
            {
                schema["type"] = only?.DeepClone();
            }
        }
        else if (!Says(schema, "type", "enum", "$ref", "anyOf", "not"))
        {
            schema["not"] = Null();
        }

        return schema;
    }

    /// <summary>Allows null.</summary>
    /// <returns>
    /// The schema: the same, changed, or another that has it as its first choice, for what others may point at.
    /// </returns>
    public static JsonObject Allow(JsonObject node)
    {
        if (Takes(node["type"]) || Takes(node["enum"]))
        {
            return node;
        }

        if (Says(node, "$ref", "anyOf", "properties", "items", "additionalProperties"))
        {
            return new JsonObject { ["anyOf"] = new JsonArray(node.DeepClone(), Null()) };
        }

        (node["enum"] as JsonArray)?.Add((JsonNode?)null);
        if (node["type"] is JsonArray types)
        {
            types.Add("null");
        }
        else if (node["type"] is { } type)
        {
            node["type"] = new JsonArray(type.DeepClone(), "null");
        }

        return node;
    }

    private static bool Says(JsonObject schema, params ReadOnlySpan<string> keywords)
    {
        foreach (var keyword in keywords)
        {
            if (schema.ContainsKey(keyword))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Null is a word among types, and itself among the values of an enum.</summary>
    private static bool Takes(JsonNode? values) =>
        values is JsonArray all && all.Any(static value => value?.ToString() is null or "null");

    private static JsonObject Null() => new() { ["type"] = "null" };
}
