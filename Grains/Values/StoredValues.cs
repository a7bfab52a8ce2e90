using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Ports;

namespace Orleans.Workflows.Grains.Values;

/// <summary>What is known of the types that System.Text.Json has a form for.</summary>
internal static class StoredValues
{
    /// <summary>What to do about a comparer.</summary>
    public const string ComparerRemedy =
        "put [JsonObjectCreationHandling(JsonObjectCreationHandling.Populate)] on it and let it begin with that "
        + "comparer, so that what is read goes into the one that is there";

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

    /// <summary>Whether a converter is one whose ways are known.</summary>
    /// <param name="converter">The converter.</param>
    /// <returns>Whether it is System.Text.Json's, or that for times.</returns>
    public static bool IsKnown(JsonConverter converter) =>
        converter is ZonedTimeConverter || converter.GetType().Assembly == typeof(JsonSerializer).Assembly;

    /// <summary>Whether a type is one value in JSON, and is read back as it was.</summary>
    /// <param name="type">The type.</param>
    /// <returns>Whether it is.</returns>
    public static bool IsLeaf(Type type) => type.IsEnum || Leaves.Contains(type);

    /// <summary>Whether a type can be the key of a dictionary.</summary>
    /// <param name="type">The type.</param>
    /// <returns>Whether it can.</returns>
    public static bool IsKey(Type type) =>
        type.IsEnum
        || (Leaves.Contains(type) && !type.IsArray && !type.IsGenericType && type.Namespace == nameof(System))
        || !IsKnown(WorkflowJson.Options.GetTypeInfo(type).Converter);

    /// <summary>Whether a collection is read back in reverse.</summary>
    /// <param name="type">The collection.</param>
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
    /// <param name="collection">The collection.</param>
    /// <param name="read">What is read in its place.</param>
    /// <returns>The comparer's name; null when there is none, or when it is the same.</returns>
    public static string? LostComparer(object collection, object? read) =>
        read is not null && ComparerOf(collection) is { } comparer
        && ComparerOf(read) is { } other && !IsSame(comparer, other)
            ? TypeNames.Of(comparer.GetType())
            : null;

    private static object? ComparerOf(object collection) => collection.GetType().GetProperties()
        .FirstOrDefault(static property => property.Name is "Comparer" or "KeyComparer")?.GetValue(collection);

    private static bool IsSame(object one, object other) => Equals(one, other) || (IsOrdinal(one) && IsOrdinal(other));

    private static bool IsOrdinal(object comparer) =>
        Equals(comparer, StringComparer.Ordinal) || Equals(comparer, EqualityComparer<string>.Default);

    /// <summary>Writes a value tuple as C# does.</summary>
    /// <param name="type">Its type.</param>
    /// <returns>Such as <c>(int, string)</c>.</returns>
    public static string TupleText(Type type) =>
        $"({string.Join(", ", type.GetGenericArguments().Select(TypeNames.Of))})";
}
