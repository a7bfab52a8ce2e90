using System.Text.Json.Nodes;

namespace Orleans.Workflows.Grains.Ports;

/// <summary>
/// Gives members of JSON the names of their ports. They are read in any case, but a change finds only what has its very
/// name.
/// </summary>
internal static class PortNames
{
    /// <summary>Writes JSON with the names of the ports.</summary>
    /// <returns>
    /// The same with other names. A name that comes twice keeps its case, so that the check finds it.
    /// </returns>
    public static JsonNode? Apply(PortTree tree, JsonNode? json)
    {
        switch (json)
        {
            case JsonObject members when tree.Kind is PortKind.Namespace or PortKind.DynamicNamespace:
                var named = new JsonObject();
                foreach (var (name, value) in members)
                {
                    var known = GivenPorts.PortOf(tree, name)?.Name ?? name;
                    var isTwice = named.ContainsKey(known) || (known != name && members.ContainsKey(known));
                    named[isTwice ? name : known] = Apply(tree.Below(name), value);
                }

                return named;
            case JsonArray items when tree.Kind == PortKind.List:
                return new JsonArray([.. items.Select(item => Apply(tree.Item!, item))]);
            default:
                return json?.DeepClone();
        }
    }
}
