using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Orleans.Workflows.Abstractions;

namespace Orleans.Workflows.Grains.Ports;

/// <summary>How ports are read while they are checked.</summary>
internal static class PortOptions
{
    /// <summary>As payloads are read, but a time without a zone is an error.</summary>
    public static JsonSerializerOptions Zoned { get; } = CreateZoned();

    /// <summary>
    /// As payloads are read, but a name that is none of the record, or comes twice, is an error, and a time without a
    /// zone.
    /// </summary>
    public static JsonSerializerOptions Strict { get; } = CreateStrict();

    /// <summary>As the schema of ports says: strict, and an enum has its declared names only.</summary>
    public static JsonSerializerOptions Ports { get; } = CreatePorts();

    /// <summary>
    /// As the schema is written: strict, but times are read by the serializer itself, whose form of them the schema
    /// then has.
    /// </summary>
    public static JsonSerializerOptions Described { get; } = CreateDescribed();

    /// <summary>Nothing is required: makes an object of the ports that are there.</summary>
    public static JsonSerializerOptions Lenient { get; } = CreateLenient();

    /// <summary>The options for one property that reads in its own way.</summary>
    /// <returns>The options; null when it reads as its type does.</returns>
    public static JsonSerializerOptions? Of(JsonPropertyInfo property)
    {
        if (property.CustomConverter is null && property.NumberHandling is null)
        {
            return null;
        }

        var options = new JsonSerializerOptions(Ports);
        if (property.CustomConverter is { } converter)
        {
            options.Converters.Insert(0, converter);
        }

        options.NumberHandling = property.NumberHandling ?? options.NumberHandling;
        options.MakeReadOnly();
        return options;
    }

    private static JsonSerializerOptions CreateStrict()
    {
        var options = new JsonSerializerOptions(Zoned)
        {
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            AllowDuplicateProperties = false,
        };
        options.TypeInfoResolver = options
            .TypeInfoResolver!.WithAddedModifier(HideIgnored)
            .WithAddedModifier(ReadEnumsAsUsual);
        options.MakeReadOnly();
        return options;
    }

    private static JsonSerializerOptions CreateZoned()
    {
        var options = new JsonSerializerOptions(WorkflowJson.Options);
        options.Converters.Insert(0, new ZonedTimeConverter(refuses: true));
        options.MakeReadOnly();
        return options;
    }

    private static JsonSerializerOptions CreateDescribed()
    {
        var options = new JsonSerializerOptions(Strict);
        foreach (
            var converter in options
                .Converters.Where(static one => one is ZonedTimeConverter or UtcTimeConverter)
                .ToList())
        {
            options.Converters.Remove(converter);
        }

        options.MakeReadOnly();
        return options;
    }

    private static JsonSerializerOptions CreatePorts()
    {
        var options = new JsonSerializerOptions(Strict);
        var usual = options.Converters.OfType<JsonStringEnumConverter>().Single();
        options.Converters[options.Converters.IndexOf(usual)] = new DeclaredEnums();
        options.MakeReadOnly();
        return options;
    }

    /// <summary>
    /// System.Text.Json skips what is given for an ignored property in silence: under another name it is not one of the
    /// record.
    /// </summary>
    private static void HideIgnored(JsonTypeInfo info)
    {
        foreach (var property in info.Kind == JsonTypeInfoKind.Object ? info.Properties : [])
        {
            if (property.Get is null && property.Set is null)
            {
                property.Name = $"\0{property.Name}";
            }
        }
    }

    /// <summary>An enum property that says of itself what all payloads do anyway is checked as all are.</summary>
    private static void ReadEnumsAsUsual(JsonTypeInfo info)
    {
        foreach (var property in info.Kind == JsonTypeInfoKind.Object ? info.Properties : [])
        {
            if (property.CustomConverter is not null && IsUsualEnumConverter(property.AttributeProvider))
            {
                property.CustomConverter = null;
            }
        }
    }

    private static bool IsUsualEnumConverter(ICustomAttributeProvider? member) =>
        member?.GetCustomAttributes(typeof(JsonConverterAttribute), inherit: false)
            is [JsonConverterAttribute { ConverterType: { } type }]
        && (
            type == typeof(JsonStringEnumConverter)
            || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(JsonStringEnumConverter<>)));

    private static JsonSerializerOptions CreateLenient()
    {
        var options = new JsonSerializerOptions(WorkflowJson.Options)
        {
            RespectRequiredConstructorParameters = false,
            RespectNullableAnnotations = false,
        };
        options.TypeInfoResolver = options.TypeInfoResolver!.WithAddedModifier(static info =>
        {
            foreach (var property in info.Kind == JsonTypeInfoKind.Object ? info.Properties : [])
            {
                property.IsRequired = false;
            }
        });
        options.MakeReadOnly();
        return options;
    }
}
