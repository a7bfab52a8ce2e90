using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Orleans.Workflows.Grains.Ports;
using Orleans.Workflows.Linked;

namespace Orleans.Workflows.Grains.Values;

/// <summary>
/// Tries what the first step of a chain gets: a context that nobody has filled. It is written when that step completes;
/// a struct in it whose default cannot be written would fail the step, and nothing in the step would say why.
/// </summary>
internal static class FirstContext
{
    /// <summary>Finds structs in a new context whose default cannot be written.</summary>
    /// <param name="definition">The definition's class.</param>
    /// <param name="context">The type of its context; null for a step machine.</param>
    /// <param name="faults">Where faults go.</param>
    public static void Check(Type definition, Type? context, List<string> faults)
    {
        if (context is not null && Make(context) is { } made)
        {
            Look(definition, made, context, new HashSet<object>(ReferenceEqualityComparer.Instance), faults);
        }
    }

    private static void Look(Type definition, object owner, Type type, HashSet<object> seen, List<string> faults)
    {
        if (InfoOf(type) is not { Kind: JsonTypeInfoKind.Object } info || !seen.Add(owner))
        {
            return;
        }

        foreach (var property in info.Properties)
        {
            if (
                property is not { Get: not null, CustomConverter: null }
                || StoredMembers.Try(property, owner) is not { } value)
            {
                continue;
            }

            if (!property.PropertyType.IsValueType)
            {
                Look(definition, value, property.PropertyType, seen, faults);
            }
            else if (ErrorOf(value, property.PropertyType) is { } error)
            {
                faults.Add(
                    $"{definition.Name}: {TypeNames.Of(type)}.{StoredMembers.NameOf(property)} begins with a "
                    + $"{TypeNames.Of(property.PropertyType)} that cannot be written as JSON "
                    + $"({Sentence.Inside(FailureInfo.From(error).Message)}); have its default written, begin with "
                    + "another value, or make it nullable.");
            }
        }
    }

    private static JsonTypeInfo? InfoOf(Type type)
    {
        try
        {
            return WorkflowJson.Options.GetTypeInfo(type);
        }
        catch (Exception e) when (e is NotSupportedException or InvalidOperationException or ArgumentException)
        {
            // Said of the type already.
            return null;
        }
    }

    private static object? Make(Type type)
    {
        try
        {
            return Activator.CreateInstance(type);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The first step says so: it is the constructor of the author's.
            return null;
        }
    }

    /// <summary>
    /// Why a struct cannot be written; null also where it only lacks what its own nullability wants, for that the first
    /// step may be there, and of a type of .NET: that there is no JSON in a JsonElement at first is its nature.
    /// </summary>
    private static Exception? ErrorOf(object value, Type type)
    {
        try
        {
            JsonSerializer.SerializeToUtf8Bytes(value, WorkflowJson.Options.GetTypeInfo(type));
            return null;
        }
        catch (JsonException)
        {
            return null;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return StoredMembers.IsOfPlatform(type) ? null : e;
        }
    }
}
