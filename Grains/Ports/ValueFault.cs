using System.Text.Json;

namespace Orleans.Workflows.Grains.Ports;

/// <summary>Says in plain words why a value could not be read.</summary>
internal static class ValueFault
{
    /// <summary>Says it.</summary>
    /// <param name="tree">What the value should be.</param>
    /// <param name="json">What it is.</param>
    /// <param name="path">Its path.</param>
    /// <param name="error">Why it could not be read; null when that is plain from the JSON.</param>
    /// <returns>The fault, with its path.</returns>
    public static string Of(PortTree tree, JsonElement json, string path, Exception? error)
    {
        var expected = tree.Kind switch
        {
            PortKind.Namespace or PortKind.DynamicNamespace => json.ValueKind == JsonValueKind.Object
                ? null
                : "an object",
            PortKind.List => json.ValueKind == JsonValueKind.Array ? null : "a list",
            _ => tree.ReadsItsOwnWay ? null : TypeNames.Expected(tree.Type),
        };
        if (expected is not null)
        {
            var given = Given(json.ValueKind);
            return $"{path}: {expected} is "
                + $"expected{(expected.StartsWith(given, StringComparison.Ordinal) || tree.Type.IsEnum ? "" : $", not {given}")}.";
        }

        if (error is not JsonException { Path: var inner } unreadable)
        {
            return $"{path}: "
                + $"{(error is null ? $"this does not fit into a {TypeNames.Of(tree.Type)}." : PortRules.MessageOf(error))}";
        }

        if (GivenTwice(json, path) is { } twice)
        {
            return $"{twice}: it is given twice.";
        }

        // What a converter says itself is for people; what System.Text.Json says is for programmers, and ends with the
        // place.
        var isOwn = !unreadable.Message.Contains(" Path: $", StringComparison.Ordinal);
        var own = isOwn ? unreadable.Message : tree.ReadsItsOwnWay ? unreadable.InnerException?.Message : null;
        return $"{path}{inner?.TrimStart('$')}: {own ?? $"this does not fit into a {TypeNames.Of(tree.Type)}."}";
    }

    /// <summary>Of two entries with one name nobody knows which is meant, in JSON of any shape too.</summary>
    private static string? GivenTwice(JsonElement json, string path)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                var names = new HashSet<string>(StringComparer.Ordinal);
                return json.EnumerateObject()
                    .Select(entry =>
                        names.Add(entry.Name)
                            ? GivenTwice(entry.Value, $"{path}.{entry.Name}")
                            : $"{path}.{entry.Name}")
                    .FirstOrDefault(static twice => twice is not null);
            case JsonValueKind.Array:
                return json.EnumerateArray()
                    .Select((item, index) => GivenTwice(item, $"{path}[{index}]"))
                    .FirstOrDefault(static twice => twice is not null);
            default:
                return null;
        }
    }

    private static string Given(JsonValueKind kind) => kind switch
    {
        JsonValueKind.String => "text",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "true or false",
        JsonValueKind.Array => "a list",
        JsonValueKind.Object => "an object",
        _ => "null",
    };
}
