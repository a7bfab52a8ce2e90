using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Collections.Specialized;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Ports;

namespace Orleans.Workflows.Grains.Values;

/// <summary>What is known of the types that System.Text.Json has a form for.</summary>
internal static class StoredValues
{
    private static readonly HashSet<Type> Leaves =
    [
        typeof(bool), typeof(char), typeof(string), typeof(byte), typeof(sbyte), typeof(short), typeof(ushort),
        typeof(int), typeof(uint), typeof(long), typeof(ulong), typeof(Int128), typeof(UInt128),
        typeof(Half), typeof(float), typeof(double), typeof(decimal),
        typeof(DateTime), typeof(DateTimeOffset), typeof(DateOnly), typeof(TimeOnly), typeof(TimeSpan),
        typeof(Guid), typeof(Uri), typeof(Version), typeof(byte[]), typeof(Memory<byte>), typeof(ReadOnlyMemory<byte>),
        typeof(JsonElement), typeof(JsonDocument),
        typeof(JsonNode), typeof(JsonObject), typeof(JsonArray), typeof(JsonValue),
    ];

    /// <summary>The types whose items come out last first, and go in again in that order.</summary>
    private static readonly HashSet<Type> Reversed =
    [
        typeof(Stack), typeof(Stack<>), typeof(ConcurrentStack<>), typeof(ConcurrentBag<>),
        typeof(ImmutableStack<>), typeof(IImmutableStack<>),
    ];

    private static readonly HashSet<Type> Filled =
        [typeof(ICollection<>), typeof(IDictionary<,>), typeof(ISet<>), typeof(Queue<>), typeof(ConcurrentQueue<>)];

    /// <summary>Whether a converter is one whose ways are known.</summary>
    /// <returns>Whether it is System.Text.Json's, or one for times.</returns>
    public static bool IsKnown(JsonConverter converter) =>
        converter is ZonedTimeConverter or UtcTimeConverter
        || converter.GetType().Assembly == typeof(JsonSerializer).Assembly;

    /// <summary>Whether a type is one value in JSON, and is read back as it was.</summary>
    public static bool IsLeaf(Type type) => type.IsEnum || Leaves.Contains(type);

    /// <summary>Whether a type can be the key of a dictionary.</summary>
    public static bool IsKey(Type type) =>
        type.IsEnum
        || (Leaves.Contains(type) && !type.IsArray && !type.IsGenericType && type.Namespace == nameof(System))
        || !IsKnown(WorkflowJson.Options.GetTypeInfo(type).Converter);

    /// <summary>Whether a collection is read back in reverse.</summary>
    /// <returns>Whether it, or one that it derives from, is.</returns>
    public static bool IsReversed(Type type)
    {
        for (var ancestor = type; ancestor is not null; ancestor = ancestor.BaseType)
        {
            if (Reversed.Contains(ancestor.IsGenericType ? ancestor.GetGenericTypeDefinition() : ancestor))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Names the comparer of a collection, where reading gives it another.</summary>
    /// <returns>The comparer's name; null when there is none, or when it is the same.</returns>
    public static string? LostComparer(object collection, object? read) =>
        read is not null && ComparerOf(collection) is { } comparer
        && ComparerOf(read) is { } other && !IsSame(comparer, other)
            ? TypeNames.Of(comparer.GetType())
            : null;

    /// <summary>What to do about a comparer.</summary>
    /// <param name="owner">The type that has the collection; null where it is an item.</param>
    /// <param name="collection">The collection.</param>
    public static string ComparerRemedy(JsonTypeInfo? owner, Type collection) =>
        owner is not null && CanBePopulated(owner, collection)
            ? "put [JsonObjectCreationHandling(JsonObjectCreationHandling.Populate)] on it and let it begin with that "
                + "comparer, so that what is read goes into the one that is there"
            : "keep it without one and what is compared in one form, in lower case for example; "
                + "or give it a [JsonConverter] of your own that makes it with the comparer";

    /// <summary>Whether what is read can go into the collection that a property has.</summary>
    /// <param name="owner">
    /// The type that has the property. What is made by a constructor with parameters is made when all is read.
    /// </param>
    /// <param name="collection">The property's type.</param>
    /// <returns>Whether it can: it can be added to, and need not be made anew.</returns>
    public static bool CanBePopulated(JsonTypeInfo owner, Type collection) =>
        owner.Properties.All(static property => property.AssociatedParameter is null)
        && !collection.IsArray
        && collection.Namespace is not ("System.Collections.Immutable" or "System.Collections.Frozen")
        && (typeof(IDictionary).IsAssignableFrom(collection)
            || typeof(IList).IsAssignableFrom(collection)
            || collection.GetInterfaces().Append(collection)
                .Any(static known => known.IsGenericType && Filled.Contains(known.GetGenericTypeDefinition())));

    /// <summary>What to keep in place of a collection whose items may be of any type.</summary>
    /// <returns>The typed collection; null when it is one.</returns>
    public static string? TypedInPlaceOf(JsonTypeInfo info)
    {
        var type = info.Type;
        if (type.GetInterfaces().Append(type)
            .Any(static known => known.IsGenericType && known.GetGenericTypeDefinition() == typeof(IEnumerable<>)))
        {
            return null;
        }

        return typeof(NameValueCollection).IsAssignableFrom(type) ? "Dictionary<string, List<string>>"
            : typeof(StringDictionary).IsAssignableFrom(type) ? "Dictionary<string, string>"
            : typeof(IDictionary).IsAssignableFrom(type) ? "Dictionary<TKey, TValue>"
            : typeof(StringCollection).IsAssignableFrom(type) ? "List<string>"
            : "List<T>";
    }

    /// <summary>
    /// JSON of a collection with one item, by which it shows whether items can be added; null where none can be made of
    /// nothing.
    /// </summary>
    public static string? OneOf(JsonTypeInfo info) =>
        info is not { Kind: JsonTypeInfoKind.Enumerable, ElementType: { } item } ? null
        : !item.IsValueType || Nullable.GetUnderlyingType(item) is not null ? "[null]"
        : item.IsPrimitive && item != typeof(char) && item != typeof(bool) ? "[0]"
        : null;

    private static object? ComparerOf(object collection) => collection.GetType().GetProperties()
        .FirstOrDefault(static property => property.Name is "Comparer" or "KeyComparer")?.GetValue(collection);

    private static bool IsSame(object one, object other) => Equals(one, other) || (IsOrdinal(one) && IsOrdinal(other));

    private static bool IsOrdinal(object comparer) =>
        Equals(comparer, StringComparer.Ordinal) || Equals(comparer, EqualityComparer<string>.Default);

    /// <summary>Writes a value tuple as C# does.</summary>
    /// <returns>Such as <c>(int, string)</c>.</returns>
    public static string TupleText(Type type) =>
        $"({string.Join(", ", type.GetGenericArguments().Select(TypeNames.Of))})";
}
