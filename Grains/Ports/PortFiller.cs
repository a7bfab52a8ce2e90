using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orleans.Workflows.Grains.Ports;

/// <summary>
/// Fills in what exposed ports have when nothing is given: as with the record's own, it is computed once, and stored.
/// </summary>
internal static class PortFiller
{
    /// <summary>Fills in.</summary>
    /// <param name="tree">What the value is.</param>
    /// <param name="json">The value, without faults.</param>
    public static JsonNode? Fill(PortTree tree, JsonElement json)
    {
        if (tree.IsPlain || json.ValueKind != JsonValueKind.Object)
        {
            return Node(json);
        }

        if (tree.Kind == PortKind.Namespace && !tree.IsPartial)
        {
            return FillBelow(tree, json);
        }

        var filled = new JsonObject();
        foreach (var space in tree.Kind == PortKind.Namespace ? [tree] : tree.Exposed)
        {
            FillPorts(space, json, filled);
        }

        foreach (
            var other in json.EnumerateObject()
                .Where(entry => tree.TakesOtherNames && GivenPorts.PortOf(tree, entry.Name) is null))
        {
            filled[other.Name] = Node(other.Value);
        }

        return filled;
    }

    /// <summary>A record has its defaults once it was read; what is exposed in it has not.</summary>
    private static JsonNode? FillBelow(PortTree tree, JsonElement json)
    {
        var info = WorkflowJson.Options.GetTypeInfo(tree.Type);
        var whole = JsonSerializer.SerializeToNode(json.Deserialize(info), info);
        foreach (var port in tree.Ports.Where(static port => !port.Tree.IsPlain))
        {
            if (whole?[port.Name] is JsonObject below)
            {
                whole[port.Name] = Fill(port.Tree, JsonSerializer.SerializeToElement(below));
            }
        }

        return whole;
    }

    private static void FillPorts(PortTree space, JsonElement json, JsonObject filled)
    {
        var given = GivenPorts.Of(space, json);
        var owner = space.ReadPart(given.Write(sound: null));
        for (var index = 0; index < space.Ports.Count; index++)
        {
            var port = space.Ports[index];
            if (given.Values[index] is { } own)
            {
                filled[port.Name] = port.Tree.IsPlain && port.IsSettable ? Rewrite(port, own) : Fill(port.Tree, own);
            }
            else if (owner is not null && port.IsSettable)
            {
                filled[port.Name] = Fill(
                    port.Tree,
                    JsonSerializer.SerializeToElement(Write(port, port.ValueOf(owner))));
            }
            else if (port.OptionalParameter is { } parameter)
            {
                filled[port.Name] = Write(port, parameter.DefaultValue);
            }
        }
    }

    /// <summary>A record below gets its own defaults.</summary>
    private static JsonNode? Rewrite(Port port, JsonElement json) =>
        Write(port, json.ValueKind == JsonValueKind.Null && !port.TakesOwnNull ? null : port.Tree.Read(json));

    private static JsonNode? Write(Port port, object? value) =>
        JsonSerializer.SerializeToNode(value, port.Type, port.Options ?? WorkflowJson.Options);

    private static JsonNode? Node(JsonElement json) => JsonSerializer.SerializeToNode(json, WorkflowJson.Options);
}
