using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orleans.Workflows.Grains.Ports;

/// <content>What lends the ports of a child to a dynamic namespace.</content>
internal sealed partial class PortTree
{
    /// <summary>
    /// Gives a dynamic namespace the ports of a child, with their validators; other names are refused there from then
    /// on.
    /// </summary>
    /// <param name="path">The namespace: a property that is a dictionary of JSON values.</param>
    /// <param name="child">The child's ports.</param>
    /// <param name="include">The paths of the only ports to expose; null for all.</param>
    /// <param name="exclude">The paths of ports not to expose; null for none.</param>
    /// <param name="fault">Gets what is wrong, without the definition's name.</param>
    /// <returns>A copy with the ports; this tree when something is wrong.</returns>
    public PortTree Expose(
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
            child = this;
        }

        var chosen = new PortFilter(path, faults).Choose(child, include, exclude);
        var copy =
            faults.Count == 0
                ? Replace(path.Split('.'), place => place.WithExposed(path, chosen, faults), path, faults)
                : this;
        faults.ForEach(fault);
        return faults.Count == 0 ? copy : this;
    }

    /// <summary>Picks the ports that a child has exposed in a namespace: the child's input.</summary>
    /// <param name="path">The namespace.</param>
    /// <param name="child">The child's record.</param>
    /// <param name="value">What is given in the namespace.</param>
    /// <returns>The child's ports, as far as they are given; null when none of the record are exposed there.</returns>
    public JsonObject? Gather(string path, Type child, JsonElement value)
    {
        var tree = path.Split('.').Aggregate(this, static (tree, name) => tree?.Find(name)?.Tree!);
        var trees = (tree?.Exposed ?? []).Where(exposed => exposed.Type == child).ToList();
        var picked = new JsonObject();
        trees.ForEach(exposed => exposed.Pick(value, picked));
        return trees.Count == 0 ? null : picked;
    }

    /// <summary>The same ports with some of them changed or left out.</summary>
    /// <param name="ports">What is left.</param>
    /// <returns>The copy.</returns>
    public PortTree WithSome(IReadOnlyList<Port> ports) => new(this, ports, isPartial: true);

    /// <summary>The same dynamic namespace with other ports exposed in it.</summary>
    /// <param name="exposed">The exposed trees.</param>
    /// <returns>The copy.</returns>
    public PortTree WithExposed(IReadOnlyList<PortTree> exposed) => new(this, exposed: exposed);

    private PortTree WithExposed(string path, PortTree child, List<string> faults)
    {
        if (Kind != PortKind.DynamicNamespace || !TakesJson)
        {
            faults.Add(
                $"the port '{path}' is a {TypeNames.Of(Type)}; to expose ports there, make it a Dictionary<string, "
                + "JsonElement>");
        }

        foreach (var twice in child.Ports.Where(port => Exposed.Any(other => GivenPorts.Match(other, port.Name) >= 0)))
        {
            faults.Add($"the port '{path}.{twice.Name}' is exposed twice");
        }

        return WithExposed([.. Exposed, child]);
    }

    private PortTree Replace(
        ReadOnlySpan<string> names,
        Func<PortTree, PortTree> change,
        string path,
        List<string> faults)
    {
        if (names.IsEmpty)
        {
            return change(this);
        }

        if (Kind != PortKind.Namespace || Find(names[0]) is not { } port)
        {
            faults.Add($"there is no port '{path}'");
            return this;
        }

        var changed = port.With(port.Tree.Replace(names[1..], change, path, faults));
        return new PortTree(this, [.. Ports.Select(other => other == port ? changed : other)]);
    }

    private void Pick(JsonElement value, JsonObject picked)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        foreach (var property in value.EnumerateObject())
        {
            var port = GivenPorts.PortOf(this, property.Name);
            if (port is { Tree.IsPlain: false } && property.Value.ValueKind == JsonValueKind.Object)
            {
                var below = new JsonObject();
                port.Tree.Pick(property.Value, below);
                picked[port.Name] = below;
            }
            else if (port is not null || TakesOtherNames)
            {
                picked[port?.Name ?? property.Name] = JsonSerializer.SerializeToNode(property.Value);
            }
        }
    }
}
