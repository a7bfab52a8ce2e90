using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Orleans.Workflows.Grains.Ports;
using Orleans.Workflows.Linked;

namespace Orleans.Workflows.Grains.Values;

/// <summary>
/// Walks the types of what a definition stores, and finds those of which something would be written and not read back,
/// or never written (decision 27). Once, at start-up. What the types cannot say is found by <see cref="ReadBack"/>.
/// </summary>
internal sealed class StoredTypes(string definition, List<string> faults)
{
    /// <summary>
    /// What is said of each type that was looked at, of every member that has it, and where below the member.
    /// </summary>
    private readonly Dictionary<Type, IReadOnlyList<(string Below, string Text)>> _said = [];

    /// <summary>Walks what a definition stores.</summary>
    /// <param name="definition">The definition's class.</param>
    /// <param name="ports">The types of its ports, and of its context.</param>
    /// <param name="arguments">The types of what its steps get.</param>
    /// <param name="faults">Where faults go.</param>
    public static void Check(Type definition, IEnumerable<Type> ports, IEnumerable<Type> arguments, List<string> faults)
    {
        var types = new StoredTypes(definition.Name, faults);
        foreach (var type in ports.Concat(arguments))
        {
            types.Walk(type, TypeNames.Of(type));
        }
    }

    private void Walk(Type declared, string place)
    {
        foreach (var (below, text) in SaidOf(declared))
        {
            Fault($"{place}{below}", text);
        }
    }

    private IReadOnlyList<(string Below, string Text)> SaidOf(Type declared)
    {
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        if (type == typeof(object))
        {
            return [];
        }

        if (!_said.TryGetValue(type, out var known))
        {
            // It may contain itself.
            _said[type] = [];
            var said = new List<(string, string)>();
            Look(type, said);
            _said[type] = known = said;
        }

        return known;
    }

    private void Look(Type type, List<(string Below, string Text)> said)
    {
        JsonTypeInfo info;
        try
        {
            info = WorkflowJson.Options.GetTypeInfo(type);
        }
        catch (Exception e) when (e is NotSupportedException or InvalidOperationException or ArgumentException)
        {
            said.Add(("", $"cannot be written as JSON: {Sentence.Inside(e.Message)}"));
            return;
        }

        if (!StoredValues.IsKnown(info.Converter))
        {
            // Of a type with a converter of its own only that knows what is in it.
            return;
        }

        switch (info.Kind)
        {
            case JsonTypeInfoKind.None:
                if (!StoredValues.IsLeaf(info.Type))
                {
                    said.Add((
                        "",
                        $"is a {TypeNames.Of(info.Type)}, which JSON has no form for; "
                        + "keep what is in it in a type of your own, or as text"));
                }

                break;
            case JsonTypeInfoKind.Object:
                LookAtObject(info, said);
                break;
            default:
                LookAtItems(info, said);
                break;
        }
    }

    private void LookAtItems(JsonTypeInfo info, List<(string Below, string Text)> said)
    {
        var name = TypeNames.Of(info.Type);
        if (StoredValues.IsReversed(info.Type))
        {
            said.Add(("", $"is a {name}, which is read back in reverse; keep a List<T> and take from its end"));
        }
        else if (StoredValues.TypedInPlaceOf(info) is { } typed)
        {
            said.Add(
                (
                    "",
                    $"is a {name}, whose items may be of any type, and are not read back as they were; keep a {typed}")
            );
            return;
        }

        if (info.KeyType is { } key && !StoredValues.IsKey(key))
        {
            said.Add((
                "",
                $"has keys of the type {TypeNames.Of(key)}, which cannot be names in JSON; "
                + "take text or a number as the key, or keep a list"));
        }

        Probe(info, said, info.Kind == JsonTypeInfoKind.Dictionary ? "{}" : "[]", StoredValues.OneOf(info));
        foreach (var member in StoredMembers.BesideItems(info.Type))
        {
            Fault(
                name,
                $"has {member} beside its items, and only its items are stored; "
                + "keep the collection in a property of a class that has both");
        }

        said.AddRange(SaidOf(info.ElementType!).Select(static item => ($"[]{item.Below}", item.Text)));
    }

    private void LookAtObject(JsonTypeInfo info, List<(string Below, string Text)> said)
    {
        var name = TypeNames.Of(info.Type);
        if (info.Type.FullName?.StartsWith("System.ValueTuple`", StringComparison.Ordinal) == true)
        {
            var tuple = StoredValues.TupleText(info.Type);
            said.Add(
                (
                    "",
                    $"is a value tuple {tuple}, whose parts are fields, and fields are not stored; make a record of it")
            );
            return;
        }

        var before = faults.Count;
        var lost = StoredMembers.Lost(info);
        if (lost.Count > 0 && StoredMembers.IsOfPlatform(info.Type))
        {
            said.Add(
                ("", $"is a {name}, of which not all is stored; keep what is in it in a type of your own, or as text"));
            return;
        }

        lost.ToList().ForEach(member => Fault(name, member));
        foreach (var property in info.Properties.Where(StoredMembers.IsLeftOutAndNeeded))
        {
            Fault(
                $"{name}.{StoredMembers.NameOf(property)}",
                "is left out where it is null or the default, and must be there to be read back; give it a "
                + "default, or write it always");
        }

        LookAtDerived(info, said);
        var isSound = faults.Count == before;
        if (info.PolymorphismOptions is null && Probe(info, isSound ? said : [], "{}") is { } instance)
        {
            CheckComparers(info, instance);
            if (isSound)
            {
                // Of one with faults it would say the same in other words.
                CheckInitial(info, instance, name);
            }
        }

        foreach (var property in info.Properties)
        {
            // What is only computed need not be read back.
            if (
                property is { IsExtensionData: false, CustomConverter: null, Get: not null }
                && StoredMembers.IsRead(info, property))
            {
                Walk(property.PropertyType, $"{name}.{StoredMembers.NameOf(property)}");
            }
        }
    }

    private void LookAtDerived(JsonTypeInfo info, List<(string Below, string Text)> said)
    {
        foreach (var derived in info.PolymorphismOptions?.DerivedTypes ?? [])
        {
            var name = TypeNames.Of(derived.DerivedType);
            if (derived.TypeDiscriminator is null && derived.DerivedType != info.Type)
            {
                said.Add((
                    "",
                    $"may be a {name}, which is not told from others when it is read; "
                    + "give its [JsonDerivedType] a discriminator"));
            }

            Walk(derived.DerivedType, name);
        }
    }

    /// <summary>
    /// Makes an empty one, as reading would, and perhaps one with an item: what cannot even be made from nothing may
    /// need its values.
    /// </summary>
    private static object? Probe(
        JsonTypeInfo info,
        List<(string Below, string Text)> said,
        string json,
        string? one = null)
    {
        try
        {
            var empty = JsonSerializer.Deserialize(json, PortOptions.Lenient.GetTypeInfo(info.Type));
            if (one is not null)
            {
                JsonSerializer.Deserialize(one, PortOptions.Lenient.GetTypeInfo(info.Type));
            }

            return empty;
        }
        catch (Exception e) when (e is NotSupportedException or InvalidOperationException && IsOfJson(e))
        {
            var why = e.Message.Split('.')[0];
            var remedy = info.Type.IsAbstract
                ? "declare the class that it is, or put [JsonDerivedType(…)] for each that it may be on it"
                : "keep what is in it in another type";
            said.Add(("", $"is a {TypeNames.Of(info.Type)}, which is not read back ({why}); {remedy}"));
            return null;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The type's own code wants values.
            return null;
        }
    }

    /// <summary>Whether an exception is System.Text.Json's own, and not one of the type's code.</summary>
    private static bool IsOfJson(Exception e) =>
        e.TargetSite?.DeclaringType?.Assembly == typeof(JsonSerializer).Assembly;

    private void CheckComparers(JsonTypeInfo info, object instance)
    {
        foreach (var property in info.Properties)
        {
            if (property is not { Get: not null, CustomConverter: null } || !StoredMembers.IsRead(info, property))
            {
                continue;
            }

            if (StoredMembers.Try(property, instance) is not System.Collections.IEnumerable value || value is string)
            {
                continue;
            }

            var name = $"{TypeNames.Of(info.Type)}.{StoredMembers.NameOf(property)}";
            if (StoredMembers.IsPopulated(info, property))
            {
                if (value.GetEnumerator().MoveNext())
                {
                    Fault(
                        name,
                        "has items from the start, to which what is stored would be added each time; let it begin empty"
                    );
                }
            }
            else if (StoredValues.LostComparer(value, Read(property.PropertyType)) is { } comparer)
            {
                var remedy = StoredValues.ComparerRemedy(info, property.PropertyType);
                Fault(name, $"begins with the comparer {comparer}, which is not stored; {remedy}");
            }
        }
    }

    /// <summary>What is as it was made has to be read back too: an initial value, or one that was never set.</summary>
    private void CheckInitial(JsonTypeInfo info, object instance, string name)
    {
        foreach (var property in info.Properties.Where(StoredMembers.IsLeftOut))
        {
            var value = property.Get is null ? null : StoredMembers.Try(property, instance);
            if (
                value is not null
                && !value.Equals(
                    property.PropertyType.IsValueType ? Activator.CreateInstance(property.PropertyType) : null))
            {
                Fault(
                    $"{name}.{StoredMembers.NameOf(property)}",
                    "is left out where it is null or the default, and then read back as its initial value; let it "
                    + "begin empty, or write it always");
            }
        }

        byte[] json;
        try
        {
            json = JsonSerializer.SerializeToUtf8Bytes(instance, info);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Perhaps it needs values first, as a member that may not be null does.
            return;
        }

        try
        {
            JsonSerializer.Deserialize(json, info);
        }
        catch (JsonException e) when (!IsOfMissing(instance, info))
        {
            Fault(
                name,
                $"is written and not read back as it is when it is made ({Sentence.Inside(e.Message)}); keep what "
                + "is in it in another form");
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The type's own code wants values.
        }
    }

    /// <summary>
    /// Whether something that must be there, or may not be null, is: then it is not read back for that.
    /// </summary>
    private static bool IsOfMissing(object instance, JsonTypeInfo info) =>
        info.Properties.Any(property =>
            property.Get is not null
            && (StoredMembers.IsNeeded(property) || !property.IsGetNullable)
            && StoredMembers.Try(property, instance) is null);

    private static object? Read(Type collection)
    {
        try
        {
            var info = WorkflowJson.Options.GetTypeInfo(collection);
            return !StoredValues.IsKnown(info.Converter)
                ? null
                : JsonSerializer.Deserialize(info.Kind == JsonTypeInfoKind.Dictionary ? "{}" : "[]", info);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Whatever the code of the type throws; and what System.Text.Json throws is said of the type when that is
            // walked.
            return null;
        }
    }

    private void Fault(string place, string text) => faults.Add($"{definition}: {place} {text}.");
}
