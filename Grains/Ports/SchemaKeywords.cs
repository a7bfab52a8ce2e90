using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;

namespace Orleans.Workflows.Grains.Ports;

/// <summary>Writes help and validators as keywords of JSON Schema.</summary>
internal static class SchemaKeywords
{
    /// <summary>Adds the keywords of a port, or of a type.</summary>
    public static JsonNode Add(JsonSchemaExporterContext context, JsonNode node)
    {
        if (context.PropertyInfo is not { } property)
        {
            var help = context.TypeInfo.Type.GetCustomAttribute<DescriptionAttribute>();
            return SchemaOfType.Add(context.TypeInfo, help is null ? node : Add(node, "description", help.Description));
        }

        var port = new Port(property);
        if (port.Help is not null)
        {
            node = Add(node, "description", port.Help);
        }

        node = property.CustomConverter is null ? SchemaOfType.Add(context.TypeInfo, node) : node;
        foreach (var rule in port.Rules)
        {
            foreach (var (keyword, value) in KeywordsOf(rule, context.TypeInfo.Type))
            {
                node = AddAlso(node, keyword, value);
            }
        }

        return node;
    }

    /// <summary>Sets a keyword.</summary>
    /// <param name="node">
    /// The schema. That of a value of any shape is <c>true</c>, which has no place for keywords.
    /// </param>
    /// <param name="keyword">The keyword.</param>
    /// <param name="value">Its value.</param>
    public static JsonObject Add(JsonNode node, string keyword, JsonNode? value)
    {
        var schema = node as JsonObject ?? [];
        schema[keyword] = value;
        return schema;
    }

    /// <summary>
    /// A keyword that is there stays in force: what two validators say, and what the type says, holds together.
    /// </summary>
    private static JsonObject AddAlso(JsonNode node, string keyword, JsonNode? value)
    {
        var schema = node as JsonObject ?? [];
        if (!schema.TryGetPropertyValue(keyword, out var there) || keyword is "format")
        {
            return Add(schema, keyword, value);
        }

        if (keyword is "minimum" or "maximum")
        {
            var isNarrower = Number(value) > Number(there) == (keyword == "minimum");
            return isNarrower ? Add(schema, keyword, value) : schema;
        }

        if (schema["allOf"] is not JsonArray all)
        {
            schema["allOf"] = all = [];
        }

        all.Add(new JsonObject { [keyword] = value });
        return schema;
    }

    private static double Number(JsonNode? node) => JsonSerializer.Deserialize<double>(node);

    private static IEnumerable<(string Keyword, JsonNode? Value)> KeywordsOf(ValidationAttribute rule, Type type) =>
        rule switch
        {
            RequiredAttribute { AllowEmptyStrings: false } when type == typeof(string) => [("pattern", @"\S")],
            StringLengthAttribute length => Lengths("Length", length.MinimumLength, length.MaximumLength),
            LengthAttribute length => Sizes(type, length.MinimumLength, length.MaximumLength),
            MinLengthAttribute length => Sizes(type, length.Length, -1),
            MaxLengthAttribute length => Sizes(type, 0, length.Length),
            RangeAttribute range => Bound(range.MinimumIsExclusive ? "exclusiveMinimum" : "minimum", range.Minimum)
                .Concat(Bound(range.MaximumIsExclusive ? "exclusiveMaximum" : "maximum", range.Maximum)),

            // The validator takes an empty text, whatever its pattern.
            RegularExpressionAttribute regex => [("pattern", $"^(?:{regex.Pattern})?$")],
            EmailAddressAttribute => [("format", "email")],
            UrlAttribute => [("format", "uri")],
            AllowedValuesAttribute allowed => [("enum", Values(allowed.Values))],
            DeniedValuesAttribute denied => [("not", new JsonObject { ["enum"] = Values(denied.Values) })],
            _ => [],
        };

    private static JsonNode? Values(object?[] values) => JsonSerializer.SerializeToNode(values, WorkflowJson.Options);

    private static IEnumerable<(string Keyword, JsonNode? Value)> Sizes(Type type, int least, int most) =>
        type == typeof(byte[]) ? [("pattern", Base64Pattern.Of(least, most))] : Lengths(Counted(type), least, most);

    private static IEnumerable<(string Keyword, JsonNode? Value)> Lengths(string of, int least, int most)
    {
        if (least > 0)
        {
            yield return ($"min{of}", least);
        }

        if (most >= 0)
        {
            yield return ($"max{of}", most);
        }
    }

    private static string Counted(Type type) => PortTree.Of(type).Kind switch
    {
        PortKind.List => "Items",
        PortKind.DynamicNamespace => "Properties",
        _ => "Length",
    };

    /// <summary>JSON Schema knows bounds of numbers only, and a bound may be given as text.</summary>
    private static IEnumerable<(string Keyword, JsonNode? Value)> Bound(string keyword, object bound) =>
        double.TryParse(
            Convert.ToString(bound, CultureInfo.InvariantCulture),
            NumberStyles.Float,
            CultureInfo.InvariantCulture,
            out var number) && double.IsFinite(number)
            ? [(keyword, bound is int whole ? JsonValue.Create(whole) : JsonValue.Create(number))]
            : [];
}
