using System.Collections;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Ports;
using Orleans.Workflows.Linked;

namespace Orleans.Workflows.Grains.Values;

/// <summary>
/// Reads back what a step has left and compares, to find what no type says (decision 27): comparers, converters that
/// forget, setters that change. In Development and in tests only: it costs as much as the rest of a step.
/// </summary>
internal static class ReadBack
{
    private const int ShownText = 100;

    private static readonly JsonSerializerOptions Options = WorkflowJson.Options;

    /// <summary>Throws unless a value is read back as it was.</summary>
    /// <param name="value">The value.</param>
    /// <param name="type">Its declared type.</param>
    /// <param name="json">What was written of it.</param>
    /// <param name="what">What it is, for the message.</param>
    /// <exception cref="PayloadException">It is not; the message names the member and what became of it.</exception>
    public static void Check(object? value, Type type, ReadOnlySpan<byte> json, string what)
    {
        string? fault;
        try
        {
            var read = JsonSerializer.Deserialize(json, Options.GetTypeInfo(type));
            fault = Compare(value, read, type, TypeNames.Of(type));
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Whatever the type's own code throws.
            fault = $"{TypeNames.Of(type)} cannot be read: {Sentence.Ended(FailureInfo.From(e).Message)}";
        }

        if (fault is not null)
        {
            throw new PayloadException(
                $"The {what} would not be read back as it was written: {fault} "
                + "Mend the type, or put [JsonIgnore] on what need not be kept. "
                + $"({nameof(WorkflowOptions.ReadValuesBack)} has this looked for, by default in Development.)");
        }
    }

    private static string? Compare(object? one, object? other, Type declared, string place, JsonTypeInfo? owner = null)
    {
        if (one is null || other is null)
        {
            return ReferenceEquals(one, other) ? null : Lost(one, other, place);
        }

        if (declared == typeof(object))
        {
            // Anything, kept as JSON and read as JSON: if there is a form for it.
            if (Options.GetTypeInfo(one.GetType()) is { Kind: JsonTypeInfoKind.Object } own
                && StoredValues.IsKnown(own.Converter)
                && StoredMembers.Lost(own) is [var lost, ..])
            {
                return $"{place} is a {TypeNames.Of(one.GetType())}, which {lost}.";
            }

            var (written, read) = (
                JsonSerializer.SerializeToNode(one, Options),
                JsonSerializer.SerializeToNode(other, Options));
            return JsonNode.DeepEquals(written, read) ? null : Lost(one, other, place);
        }

        var info = Options.GetTypeInfo(one.GetType());
        if (!StoredValues.IsKnown(info.Converter) || info.Kind == JsonTypeInfoKind.None)
        {
            return IsSame(one, other) ? null : Lost(one, other, place);
        }

        // A collection may come back as another that is as good, where the declaration leaves that open.
        var isOpen = info.Kind != JsonTypeInfoKind.Object && (declared.IsInterface || declared.IsAbstract);
        if (one.GetType() != other.GetType() && !isOpen)
        {
            return $"{place} is a {TypeNames.Of(one.GetType())} and is read back as a {TypeNames.Of(other.GetType())}.";
        }

        return info.Kind == JsonTypeInfoKind.Object
            ? CompareMembers(info, one, other, place)
            : CompareItems(info, one, other, place, owner);
    }

    /// <summary>What is only computed may be another each time, the time for example.</summary>
    private static string? CompareMembers(JsonTypeInfo info, object one, object other, string place)
    {
        foreach (var property in info.Properties.Where(property => StoredMembers.IsRead(info, property)))
        {
            if (property.Get is null)
            {
                continue;
            }

            var (value, read) = (property.Get(one), property.Get(other));
            var name = $"{place}.{StoredMembers.NameOf(property)}";
            var fault = property.CustomConverter is null ? Compare(value, read, property.PropertyType, name, info)
                : Equals(value, read) || (value is not null && !OverridesEquals(value.GetType())) ? null
                : Lost(value, read, name);
            if (fault is not null)
            {
                return fault;
            }
        }

        return null;
    }

    private static string? CompareItems(JsonTypeInfo info, object one, object other, string place, JsonTypeInfo? owner)
    {
        if (StoredValues.LostComparer(one, other) is { } comparer)
        {
            return $"{place} has the comparer {comparer}, which is not stored: "
                + $"{StoredValues.ComparerRemedy(owner, one.GetType())}.";
        }

        var (items, others) = (Items(info, one), Items(info, other));
        if (items.Count != others.Count)
        {
            return $"{place} has {items.Count} items and is read back with {others.Count}.";
        }

        var declared = info.ElementType ?? typeof(object);
        return items.Zip(others)
            .Select((pair, index) => Compare(pair.First, pair.Second, declared, $"{place}[{index}]"))
            .FirstOrDefault(static fault => fault is not null);
    }

    /// <summary>
    /// The items, where their order is not theirs in one of our own; of entries the values, by their keys.
    /// </summary>
    private static List<object?> Items(JsonTypeInfo info, object collection)
    {
        var items = ((IEnumerable)collection).Cast<object?>();
        if (info.Kind == JsonTypeInfoKind.Dictionary)
        {
            var byKey = items.OrderBy(static entry => Json(PartOf(entry, "Key")), StringComparer.Ordinal);
            return [.. byKey.Select(static entry => PartOf(entry, "Value"))];
        }

        return IsUnordered(collection.GetType()) ? [.. items.OrderBy(Json, StringComparer.Ordinal)] : [.. items];
    }

    private static object? PartOf(object? entry, string part) => entry?.GetType().GetProperty(part)?.GetValue(entry);

    private static bool IsUnordered(Type type) =>
        type.GetInterfaces()
            .Any(static known =>
                known.IsGenericType
                && known.GetGenericTypeDefinition() is var open
                && (open == typeof(ISet<>) || open == typeof(IReadOnlySet<>)));

    private static bool IsSame(object one, object other) => (one, other) switch
    {
        (DateTimeOffset time, DateTimeOffset read) => time.EqualsExact(read),
        (DateTime time, DateTime read) => time == read && time.Kind == read.Kind,
        (string text, string read) => text == read,
        _ when Equals(one, other) => true,
        _ when OverridesEquals(one.GetType()) && !StoredValues.IsLeaf(one.GetType()) => false,
        _ => Json(one) == Json(other),
    };

    private static string Json(object? value) => JsonSerializer.Serialize(value, Options);

    private static bool OverridesEquals(Type type) =>
        type.GetMethod(nameof(Equals), [typeof(object)])!.DeclaringType is var owner
        && owner != typeof(object)
        && owner != typeof(ValueType);

    private static string Lost(object? one, object? other, string place) =>
        $"{place} is {Text(one)} and is read back as {Text(other)}.";

    private static string Text(object? value) => value switch
    {
        null => "null",
        string { Length: > ShownText } text => $"'{StorableText.Shorten(text, ShownText)}…'",
        string text => $"'{text}'",
        DateTime { Kind: DateTimeKind.Local } time =>
            $"{time:O}, of the kind Local, which each silo would read in its own zone, so that it is kept in UTC "
            + "(take a DateTimeOffset, or DateTime.UtcNow),",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => $"a {TypeNames.Of(value.GetType())}",
    };
}
