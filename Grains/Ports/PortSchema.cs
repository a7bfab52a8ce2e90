using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;

namespace Orleans.Workflows.Grains.Ports;

/// <summary>Describes ports as JSON Schema, draft 2020-12.</summary>
internal sealed class PortSchema
{
    private static readonly JsonSchemaExporterOptions Options = new()
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = static (context, node) => SchemaKeywords.Add(context, node),
    };

    private readonly JsonObject _root;

    private PortSchema(JsonObject root) => _root = root;

    /// <summary>Describes a tree.</summary>
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
        var node = PortOptions.Described.GetJsonSchemaAsNode(tree.Type, Options) as JsonObject ?? [];
        if (node.ContainsKey("type"))
        {
            // Ports that refuse null do so at the top too, where System.Text.Json would take it.
            SchemaNulls.Refuse(node);
        }

        if (!tree.IsPlain || HasQuestionMarks(tree, []))
        {
            SchemaReferences.Inline(node);
        }

        new PortSchema(node).Complete(node, tree, "#");
        return node;
    }

    /// <summary>
    /// Whether anything below differs from what its type alone says, so that two ports of one type may not share a
    /// schema.
    /// </summary>
    private static bool HasQuestionMarks(PortTree tree, HashSet<Type> seen) =>
        tree.HasQuestionMarks
        || (seen.Add(tree.Type)
            && ((tree.Item is { } item && HasQuestionMarks(item, seen))
                || (tree.Kind == PortKind.Namespace && tree.Ports.Any(port => HasQuestionMarks(port.Tree, seen)))));

    /// <summary>
    /// Adds what the type alone does not say: defaults, which items may be null, and what is exposed or left out.
    /// </summary>
    private void Complete(JsonObject node, PortTree tree, string pointer)
    {
        if (tree.Exposed.Count > 0)
        {
            CompleteExposed(node, tree, pointer);
        }
        else if (tree.Kind == PortKind.Namespace && node["properties"] is JsonObject properties)
        {
            foreach (var name in properties.Select(static property => property.Key).ToList())
            {
                if (tree.Find(name) is not { } port)
                {
                    properties.Remove(name);
                    (node["required"] as JsonArray)?.RemoveAll(required => required?.GetValue<string>() == name);
                }
                else
                {
                    CompletePort(
                        (node, properties),
                        tree,
                        port,
                        $"{pointer}/properties/{SchemaReferences.Escape(name)}");
                }
            }

            if (tree.IsPartial)
            {
                node["additionalProperties"] = false;
            }
        }
        else if (tree.Item is { } item)
        {
            CompleteItems(node, tree, item, tree.Kind == PortKind.List ? "items" : "additionalProperties", pointer);
        }
    }

    private void CompletePort((JsonObject Node, JsonObject Properties) owner, PortTree tree, Port port, string pointer)
    {
        var defaults = PortDefaults.Of(tree);
        var property = owner.Properties[port.Name];
        if (RefusesNull(port) && SchemaNulls.Refuse(property) is var refusing && refusing != property)
        {
            owner.Properties[port.Name] = property = refusing;
        }

        if (property is not JsonObject node)
        {
            // A value of any shape: there is nothing to add to.
            if (defaults.IsNeeded(port))
            {
                Require(owner.Node, port.Name);
            }

            return;
        }

        if (defaults.Find(port) is { Json: { } text } && !node.ContainsKey("default"))
        {
            node["default"] = JsonNode.Parse(text);
        }

        if (!port.IsSettable)
        {
            node["readOnly"] = true;
        }

        Complete(node, port.Tree, pointer);
        if (defaults.IsNeeded(port) || NeedsItsPorts(node, port))
        {
            node.Remove("default");
            Require(owner.Node, port.Name);
        }
    }

    private static bool RefusesNull(Port port) =>
        port.Rules.Any(static rule => rule is RequiredAttribute)
        || (!port.IsNullable && !port.TakesOwnNull && port.IsSettable);

    /// <summary>
    /// An exposed namespace that is left out is an empty one: where it needs ports, it is needed itself.
    /// </summary>
    private static bool NeedsItsPorts(JsonObject node, Port port) =>
        port.Tree.Exposed.Count > 0 && node["required"] is JsonArray { Count: > 0 } && node["default"] is JsonObject;

    private static void Require(JsonObject owner, string name)
    {
        if (owner["required"] is not JsonArray required)
        {
            owner["required"] = required = [];
        }

        if (!required.Any(known => known?.GetValue<string>() == name))
        {
            required.Add(name);
        }
    }

    private void CompleteItems(JsonObject node, PortTree tree, PortTree item, string keyword, string pointer)
    {
        if (node[keyword] is not JsonObject each)
        {
            return;
        }

        var place = $"{pointer}/{keyword}";
        Complete(each, item, place);
        if (tree.TakesNullItems && SchemaNulls.Allow(each) is var allowed && allowed != each)
        {
            // The rest of the schema may point at what the item was.
            node[keyword] = allowed;
            SchemaReferences.Rebase(_root, place, $"{place}/anyOf/0");
        }
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
