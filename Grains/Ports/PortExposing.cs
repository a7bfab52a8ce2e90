using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orleans.Workflows.Grains.Ports;

/// <summary>Lends the ports of a child to a dynamic namespace.</summary>
internal static class PortExposing
{
    /// <summary>
    /// Gives a dynamic namespace the ports of a child, with their validators; other names are refused there from then
    /// on.
    /// </summary>
    /// <param name="tree">The ports.</param>
    /// <param name="path">The namespace: a property that is a dictionary of JSON values.</param>
    /// <param name="child">The child's ports.</param>
    /// <param name="include">The paths of the only ports to expose; null for all.</param>
    /// <param name="exclude">The paths of ports not to expose; null for none.</param>
    /// <param name="fault">Gets what is wrong, without the definition's name.</param>
    /// <returns>A copy with the ports; the tree itself when something is wrong.</returns>
    public static PortTree Expose(
        this PortTree tree,
        string path,
        PortTree child,
        IReadOnlyCollection<string>? include,
        IReadOnlyCollection<string>? exclude,
        Action<string> fault)
    {
        var faults = new List<string>();
        if (child.Kind != PortKind.Namespace)
        {
            faults.Add($"{TypeNames.Of(child.Type)} has no ports that could be exposed at '{path}'");
            child = tree;
        }

        var chosen = new PortFilter(path, faults).Choose(child, include, exclude);
        var copy =
            faults.Count == 0
                ? Replace(tree, path.Split('.'), place => WithExposed(place, path, chosen, faults), path, faults)
                : tree;
        faults.ForEach(fault);
        return faults.Count == 0 ? copy : tree;
    }

    /// <summary>Picks the ports that a child has exposed in a namespace: the child's input.</summary>
    /// <returns>The child's ports, as far as they are given; null when none of the record are exposed there.</returns>
    public static JsonObject? Gather(this PortTree whole, string path, Type child, JsonElement value)
    {
        var tree = path.Split('.').Aggregate(whole, static (tree, name) => tree?.Find(name)?.Tree!);
        var trees = (tree?.Exposed ?? []).Where(exposed => exposed.Type == child).ToList();
        var picked = new JsonObject();
        trees.ForEach(exposed => Pick(exposed, value, picked));
        return trees.Count == 0 ? null : picked;
    }

    private static PortTree WithExposed(PortTree place, string path, PortTree child, List<string> faults)
    {
        if (place.Kind != PortKind.DynamicNamespace || !place.TakesJson)
        {
            faults.Add(
                $"the port '{path}' is a {TypeNames.Of(place.Type)}; to expose ports there, make it a "
                + "Dictionary<string, "
                + "JsonElement>");
        }

        foreach (
            var twice in child.Ports.Where(port =>
                place.Exposed.Any(other => GivenPorts.Match(other, port.Name) >= 0)))
        {
            faults.Add($"the port '{path}.{twice.Name}' is exposed twice");
        }

        return place.WithExposed([.. place.Exposed, child]);
    }

    private static PortTree Replace(
        PortTree tree,
        ReadOnlySpan<string> names,
        Func<PortTree, PortTree> change,
        string path,
        List<string> faults)
    {
        if (names.IsEmpty)
        {
            return change(tree);
        }

        if (tree.Kind != PortKind.Namespace || tree.Find(names[0]) is not { } port)
        {
            faults.Add($"there is no port '{path}'");
            return tree;
        }

        var changed = port.With(Replace(port.Tree, names[1..], change, path, faults));
        return tree.With([.. tree.Ports.Select(other => other == port ? changed : other)]);
    }

    private static void Pick(PortTree tree, JsonElement value, JsonObject picked)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        foreach (var property in value.EnumerateObject())
        {
            var port = GivenPorts.PortOf(tree, property.Name);
            if (port is { Tree.IsPlain: false } && property.Value.ValueKind == JsonValueKind.Object)
            {
                var below = new JsonObject();
                Pick(port.Tree, property.Value, below);
                picked[port.Name] = below;
            }
            else if (port is not null || tree.TakesOtherNames)
            {
                picked[port?.Name ?? property.Name] = JsonSerializer.SerializeToNode(property.Value);
            }
        }
    }
}
