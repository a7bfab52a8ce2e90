using System.ComponentModel.DataAnnotations;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orleans.Workflows.Grains.Ports;

/// <summary>
/// The defaults of a record's ports, found by making the record twice: a default that differs is computed.
/// </summary>
internal sealed class PortDefaults
{
    private static readonly ConditionalWeakTable<Type, PortDefaults> All = [];

    private readonly object? _one;
    private readonly object? _other;

    private PortDefaults(PortTree tree)
    {
        _one = tree.ReadPart("{}"u8);
        if (_one is null)
        {
            // A constructor may refuse to make a record of nothing.
            _one = tree.ReadPart(Samples(tree, isOther: true));
            AreOfSamples = true;
        }

        _other = tree.ReadPart(Samples(tree)) ?? tree.ReadPart("{}"u8);
    }

    /// <summary>
    /// Whether the record was made of samples only: what its defaults are made of, no start may ever give.
    /// </summary>
    public bool AreOfSamples { get; }

    /// <summary>Finds the defaults of a record.</summary>
    public static PortDefaults Of(PortTree tree) =>
        All.GetValue(tree.Type, static type => new PortDefaults(PortTree.Of(type)));

    /// <summary>Finds the default of a port.</summary>
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

        try
        {
            return ValuesOf(port) switch
            {
                [] => null,
                [var one] => new PortDefault(Write(one.Value, port), IsComputed: false),
                [var one, var other, ..] => Write(one.Value, port) is var json && json == Write(other.Value, port)
                    ? new PortDefault(json, IsComputed: false)
                    : new PortDefault(Json: null, IsComputed: true),
            };
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The property's own code has thrown, or it is null where the type says that it never is.
            return null;
        }
    }

    /// <summary>
    /// Whether a port must be given: because it is required, or because its default is one that [Required] refuses.
    /// </summary>
    public bool IsNeeded(Port port) => port.IsRequired
        || (port.IsSettable
            && port.Rules.OfType<RequiredAttribute>().FirstOrDefault() is { } rule
            && ValuesOf(port) is { Count: > 0 } values
            && values.All(value => !rule.IsValid(value.Value)));

    /// <summary>The default of a port as it is found in records that nobody gave it to, and those records.</summary>
    /// <param name="port">The port, which has a default.</param>
    /// <returns>One or two values, with the record where there is one; none when it is unknown.</returns>
    public IReadOnlyList<(object? Value, object? Owner)> ValuesOf(Port port)
    {
        try
        {
            return _one is not null && _other is not null
                ? [(port.ValueOf(_one), _one), (port.ValueOf(_other), _other)]
                : port.OptionalParameter is { } parameter ? [(parameter.DefaultValue, null)] : [];
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The property's own code has thrown.
            return [];
        }
    }

    /// <summary>Writes a default.</summary>
    public static string Write(object? value, Port port) =>
        JsonSerializer.Serialize(value, port.Type, port.Options ?? WorkflowJson.Options);

    /// <summary>Values of what a constructor requires, by which a default that is made of them shows itself.</summary>
    private static byte[] Samples(PortTree tree, bool isOther = false)
    {
        var samples = new JsonObject();
        foreach (var port in tree.Ports.Where(static port => port.IsRequired))
        {
            if (SampleOf(port, isOther) is { } sample)
            {
                samples[port.Name] = sample;
            }
        }

        return JsonSerializer.SerializeToUtf8Bytes(samples);
    }

    private static JsonNode? SampleOf(Port port, bool isOther)
    {
        var type = Nullable.GetUnderlyingType(port.Type) ?? port.Type;
        return Type.GetTypeCode(type) switch
        {
            _ when type.IsEnum || port.Options is not null => null,
            TypeCode.Boolean => !isOther,
            TypeCode.String or TypeCode.Char => isOther ? "y" : "x",
            >= TypeCode.SByte and <= TypeCode.Decimal => isOther ? 2 : 1,
            TypeCode.DateTime => isOther ? "2026-01-02T00:00:00Z" : "2026-01-01T00:00:00Z",
            _ when type == typeof(DateTimeOffset) => isOther ? "2026-01-02T00:00:00Z" : "2026-01-01T00:00:00Z",
            _ when type == typeof(DateOnly) => isOther ? "2026-01-02" : "2026-01-01",
            _ when type == typeof(TimeSpan) => isOther ? "00:00:02" : "00:00:01",
            _ when type == typeof(Guid) => isOther
                ? "00000000-0000-0000-0000-000000000002"
                : "00000000-0000-0000-0000-000000000001",
            _ => port.Tree.Kind switch
            {
                PortKind.List => new JsonArray(),
                PortKind.DynamicNamespace or PortKind.Namespace => new JsonObject(),
                _ => null,
            },
        };
    }
}
