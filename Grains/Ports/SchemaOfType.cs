using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;

namespace Orleans.Workflows.Grains.Ports;

/// <summary>Says in a schema what System.Text.Json reads of a type and does not write into its schema.</summary>
internal static class SchemaOfType
{
    private const string Whole = "^-?(?:0|[1-9][0-9]*)$";

    private static readonly Dictionary<Type, (decimal Least, decimal Most)> Bounds = new()
    {
        [typeof(byte)] = (byte.MinValue, byte.MaxValue),
        [typeof(sbyte)] = (sbyte.MinValue, sbyte.MaxValue),
        [typeof(short)] = (short.MinValue, short.MaxValue),
        [typeof(ushort)] = (ushort.MinValue, ushort.MaxValue),
        [typeof(int)] = (int.MinValue, int.MaxValue),
        [typeof(uint)] = (uint.MinValue, uint.MaxValue),
        [typeof(long)] = (long.MinValue, long.MaxValue),
        [typeof(ulong)] = (ulong.MinValue, ulong.MaxValue),
        [typeof(decimal)] = (decimal.MinValue, decimal.MaxValue),
    };

    /// <summary>Adds the keywords of a type.</summary>
    public static JsonNode Add(JsonTypeInfo info, JsonNode node)
    {
        var type = Nullable.GetUnderlyingType(info.Type) ?? info.Type;
        if (node is not JsonObject schema || schema.ContainsKey("$ref"))
        {
            return node;
        }

        if (Bounds.TryGetValue(type, out var bounds))
        {
            schema["minimum"] = bounds.Least;
            schema["maximum"] = bounds.Most;
        }
        else if (type.IsEnum && DeclaredEnums.HasFlags(type) && schema.ContainsKey("type"))
        {
            AddFlags(schema, type);
        }
        else if (type == typeof(byte[]))
        {
            schema["contentEncoding"] = "base64";
            schema["pattern"] = Base64Pattern.Any;
        }
        else if (info.KeyType is { } key && NamesOf(key) is { } names)
        {
            schema["propertyNames"] = names;
        }

        return schema;
    }

    private static void AddFlags(JsonObject schema, Type type)
    {
        schema["pattern"] = Flags(type);
        if (!DeclaredEnums.HasNamelessZero(type))
        {
            return;
        }

        // The bounds hold for numbers only, the pattern for texts.
        var types = schema["type"] as JsonArray ?? [schema["type"]!.DeepClone()];
        types.Add("integer");
        schema["type"] = types.DeepClone();
        schema["minimum"] = 0;
        schema["maximum"] = 0;
    }

    private static string Flags(Type type)
    {
        var one = $" *(?:{string.Join('|', DeclaredEnums.NamesOf(type).Select(Regex.Escape))}) *";
        return $"^{one}(?:,{one})*$";
    }

    private static JsonObject? NamesOf(Type key) =>
        key switch
        {
            { IsEnum: true } when DeclaredEnums.HasFlags(key) => new JsonObject { ["pattern"] = Flags(key) },
            { IsEnum: true } => new JsonObject
            {
                ["enum"] = new JsonArray([.. DeclaredEnums.NamesOf(key).Select(static name => (JsonNode?)name)]),
            },
            _ when key == typeof(Guid) => new JsonObject { ["format"] = "uuid" },
            _ when Bounds.ContainsKey(key) && key != typeof(decimal) => new JsonObject { ["pattern"] = Whole },
            _ => null,
        };
}
