using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using Orleans.Workflows.Abstractions;

namespace Orleans.Workflows.Grains.Ports;

/// <summary>Describes ports as JSON Schema, draft 2020-12.</summary>
internal static class PortSchema
{
    private static readonly JsonSchemaExporterOptions Options = new()
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = static (context, node) => SchemaKeywords.Add(context, node),
    };

    /// <summary>Describes a tree.</summary>
    /// <param name="tree">The tree.</param>
    /// <returns>The schema.</returns>
    public static JsonNode Of(PortTree tree)
    {
        var schema = new JsonObject { ["$schema"] = "https://json-schema.org/draft/2020-12/schema" };
        var exported = Export(tree);
        foreach (var (keyword, value) in exported.ToList())
        {
            exported.Remove(keyword);
            schema[keyword] = value;
        }

        return schema;
    }

    private static JsonObject Export(PortTree tree)
    {
        // Ports that refuse null do so at the top too, where System.Text.Json would take it.
        var node = PortOptions.Strict.GetJsonSchemaAsNode(tree.Type, Options) as JsonObject ?? [];
        if (node["type"] is JsonArray types && types.FirstOrDefault() is JsonValue first)
        {
            node["type"] = first.DeepClone();
        }

        if (!tree.IsPlain)
        {
            SchemaReferences.Inline(node);
        }

        Complete(node, tree, "#");
        return node;
    }

    /// <summary>Adds what the type alone does not say: defaults, and what is exposed or left out.</summary>
    private static void Complete(JsonObject node, PortTree tree, string pointer)
    {
        if (tree.Exposed.Count > 0)
        {
            CompleteExposed(node, tree, pointer);
        }
        else if (tree.Kind == PortKind.Namespace && node["properties"] is JsonObject properties)
        {
            foreach (var (name, property) in properties.ToList())
            {
                if (tree.Find(name) is not { } port)
                {
                    properties.Remove(name);
                    (node["required"] as JsonArray)?.RemoveAll(required => required?.GetValue<string>() == name);
                }
                else if (property is JsonObject below)
                {
                    CompletePort(below, tree, port, $"{pointer}/properties/{SchemaReferences.Escape(name)}");
                    RequireIfItsPortsAre(node, below, port);
                }
            }

            if (tree.IsPartial)
            {
                node["additionalProperties"] = false;
            }
        }
        else if (tree.Item is { } item && node[tree.Kind == PortKind.List ? "items" : "additionalProperties"] is JsonObject each)
        {
            Complete(each, item, "");
        }
    }

    /// <summary>An exposed namespace that is left out is an empty one: where it needs ports, it is needed itself.</summary>
    private static void RequireIfItsPortsAre(JsonObject owner, JsonObject below, Port port)
    {
        if (port.Tree.Exposed.Count > 0 && below["required"] is JsonArray { Count: > 0 } && below["default"] is JsonObject)
        {
            below.Remove("default");
            if (owner["required"] is not JsonArray required)
            {
                owner["required"] = required = [];
            }

            if (!required.Any(name => name?.GetValue<string>() == port.Name))
            {
                required.Add(port.Name);
            }
        }
    }

    private static void CompletePort(JsonObject node, PortTree owner, Port port, string pointer)
    {
        if (PortDefaults.Of(owner).Find(port) is { Json: { } text } && !node.ContainsKey("default"))
        {
            node["default"] = JsonNode.Parse(text);
        }

        if (!port.IsSettable)
        {
            node["readOnly"] = true;
        }

        Complete(node, port.Tree, pointer);
    }

    private static void CompleteExposed(JsonObject node, PortTree tree, string pointer)
    {
        var (properties, required) = (new JsonObject(), new JsonArray());
        foreach (var child in tree.Exposed)
        {
            var exported = Export(child);
            SchemaReferences.Rebase(exported, "#", pointer);
            foreach (var (name, property) in (exported["properties"] as JsonObject ?? []).ToList())
            {
                properties[name] = property?.DeepClone();
            }

            foreach (var name in exported["required"] as JsonArray ?? [])
            {
                required.Add(name?.DeepClone());
            }
        }

        node["properties"] = properties;
        node["additionalProperties"] = tree.TakesOtherNames;
        if (required.Count > 0)
        {
            node["required"] = required;
        }
    }
}
