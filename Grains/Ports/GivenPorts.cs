using System.Buffers;
using System.Text.Json;

namespace Orleans.Workflows.Grains.Ports;

/// <summary>Which ports of a namespace a JSON object gives.</summary>
internal sealed class GivenPorts
{
    private readonly PortTree _tree;

    private GivenPorts(
        PortTree tree,
        JsonElement?[] values,
        IReadOnlyList<string> others,
        IReadOnlyList<(string Name, Port Port)> again)
    {
        _tree = tree;
        Values = values;
        Others = others;
        Again = again;
    }

    /// <summary>What is given, by the port's index; null where nothing is.</summary>
    public JsonElement?[] Values { get; }

    /// <summary>The names that are no ports, where those are refused.</summary>
    public IReadOnlyList<string> Others { get; }

    /// <summary>The names of ports that have come before, perhaps in another case.</summary>
    public IReadOnlyList<(string Name, Port Port)> Again { get; }

    /// <summary>Matches an object with ports.</summary>
    public static GivenPorts Of(PortTree tree, JsonElement json)
    {
        var values = new JsonElement?[tree.Ports.Count];
        var others = new List<string>();
        var again = new List<(string, Port)>();
        foreach (var property in json.EnumerateObject())
        {
            var index = Match(tree, property.Name);
            if (index >= 0 && values[index] is not null)
            {
                again.Add((property.Name, tree.Ports[index]));
            }
            else if (index >= 0)
            {
                values[index] = property.Value;
            }
            else if (!tree.TakesOtherNames)
            {
                others.Add(property.Name);
            }
        }

        return new GivenPorts(tree, values, others, again);
    }

    /// <summary>Finds the port of a name, which need not have the same case.</summary>
    /// <returns>The port's index; -1 when there is none.</returns>
    public static int Match(PortTree tree, string name)
    {
        var loose = -1;
        for (var index = 0; index < tree.Ports.Count; index++)
        {
            var known = tree.Ports[index].Name;
            if (known == name)
            {
                return index;
            }

            loose = loose < 0 && known.Equals(name, StringComparison.OrdinalIgnoreCase) ? index : loose;
        }

        return loose;
    }

    /// <summary>
    /// Finds the port of a name, which need not have the same case, in a namespace or in what is exposed there.
    /// </summary>
    /// <returns>The port; null when there is none.</returns>
    public static Port? PortOf(PortTree tree, string name) => tree.Exposed.Prepend(tree)
        .Select(space => Match(space, name) is >= 0 and var index ? space.Ports[index] : null)
        .FirstOrDefault(static port => port is not null);

    /// <summary>Writes the object again with these ports only, and in them only what may be there.</summary>
    /// <param name="sound">Which ports to write, by index; null for all.</param>
    /// <returns>UTF-8 JSON.</returns>
    public byte[] Write(bool[]? sound)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            for (var index = 0; index < Values.Length; index++)
            {
                if (Values[index] is { } value && sound?[index] != false)
                {
                    writer.WritePropertyName(_tree.Ports[index].Name);
                    value.WriteTo(writer);
                }
            }

            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
