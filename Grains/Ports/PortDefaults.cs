using System.Runtime.CompilerServices;
using System.Text.Json;
using Orleans.Workflows.Abstractions;

namespace Orleans.Workflows.Grains.Ports;

/// <summary>The defaults of a record's ports, found by making the record twice from nothing.</summary>
internal sealed class PortDefaults
{
    private static readonly ConditionalWeakTable<Type, PortDefaults> All = [];

    private readonly object? _one;
    private readonly object? _other;

    private PortDefaults(PortTree tree)
    {
        _one = tree.ReadPart("{}"u8);
        _other = tree.ReadPart("{}"u8);
    }

    /// <summary>Finds the defaults of a record.</summary>
    /// <param name="tree">Its ports.</param>
    /// <returns>The defaults.</returns>
    public static PortDefaults Of(PortTree tree) => All.GetValue(tree.Type, _ => new PortDefaults(tree));

    /// <summary>Finds the default of a port.</summary>
    /// <param name="port">The port.</param>
    /// <returns>The default; null when it has none, or the record cannot be made from nothing.</returns>
    public PortDefault? Find(Port port)
    {
        if (port.IsRequired)
        {
            return null;
        }

        if (!port.IsSettable)
        {
            return new PortDefault(Json: null, IsComputed: true);
        }

        if (_one is null || _other is null)
        {
            return port.OptionalParameter is { } parameter ? new PortDefault(Write(parameter.DefaultValue, port), IsComputed: false) : null;
        }

        try
        {
            var (one, other) = (Write(port.ValueOf(_one), port), Write(port.ValueOf(_other), port));
            return one == other ? new PortDefault(one, IsComputed: false) : new PortDefault(Json: null, IsComputed: true);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The property's own code has thrown.
            return null;
        }
    }

    private static string Write(object? value, Port port) => JsonSerializer.Serialize(value, port.Type, port.Options ?? WorkflowJson.Options);
}
