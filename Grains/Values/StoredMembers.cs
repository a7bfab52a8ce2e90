using System.Collections;
using System.Reflection;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Orleans.Workflows.Grains.Values;

/// <summary>
/// Finds what a type keeps in fields that no property gives back: written and not read, or not even written.
/// </summary>
internal static class StoredMembers
{
    private const BindingFlags Own =
        BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>Finds what of an object is lost.</summary>
    /// <returns>What each member is, and the remedy.</returns>
    public static IReadOnlyList<string> Lost(JsonTypeInfo info)
    {
        var read = info.Properties.Where(property => IsRead(info, property))
            .Select(MemberOf).OfType<MemberInfo>().ToList();
        var faults = new List<string>();
        var kept = new List<FieldInfo>();
        foreach (var field in FieldsOf(info.Type))
        {
            if (PropertyOf(field) is { } property)
            {
                if (!IsIgnored(property) && !read.OfType<PropertyInfo>().Any(member => IsSame(member, property)))
                {
                    faults.Add(
                        read.Any(member => member.Name == property.Name)
                            ? $"has the property {property.Name} of {property.DeclaringType!.Name}, which another one "
                                + "of that name hides, so that it is not stored; "
                                + "give one of them another name, or put [JsonIgnore] on the hidden one if it need not "
                                + "be kept"
                            : OfProperty(info, property));
                }
            }
            else if (IsOfAnEvent(field))
            {
                faults.Add(
                    $"has the event {field.Name}, whose handlers are not stored; "
                    + "leave it out, or put [field: JsonIgnore] on it if nobody who comes later needs to be told");
            }
            else if (field.IsPublic)
            {
                if (!read.Contains(field))
                {
                    faults.Add(
                        $"has the field {field.Name}, and fields are not stored; make it a property with get and set");
                }
            }
            else if (!IsMadeAnew(info.Type, field) && !read.Contains(field))
            {
                kept.Add(field);
            }
        }

        // A property with code of its own keeps its value in one of them; which, only the code knows.
        var own = read.OfType<PropertyInfo>().Where(static property => FieldOf(property) is null).ToList();
        if (kept.Count > own.Count)
        {
            var lost = kept.Where(field => !own.Any(property => IsNamedAfter(field, property)))
                .DefaultIfEmpty(kept[^1]);
            faults.Add(
                $"keeps something in {string.Join(", ", lost.Select(NameOf))} that none of its properties gives back; "
                + "make it a property with get and set, or put [JsonIgnore] on the field if it need not be kept");
        }

        return faults;
    }

    /// <summary>Finds what a class that derives from a collection has beside its items.</summary>
    public static IReadOnlyList<string> BesideItems(Type type)
    {
        var isDerived = false;
        for (var owner = type.BaseType; owner is not null; owner = owner.BaseType)
        {
            isDerived |= IsOfPlatform(owner) && typeof(IEnumerable).IsAssignableFrom(owner);
        }

        return !isDerived ? [] : [.. FieldsOf(type)
            .Where(static field => !IsOfPlatform(field.DeclaringType!))
            .Where(field => PropertyOf(field) is { } property ? !IsIgnored(property) : !IsMadeAnew(type, field))
            .Select(NameOf)];
    }

    /// <summary>
    /// Whether a type is of .NET itself: what it keeps in which fields is not for its users to change.
    /// </summary>
    public static bool IsOfPlatform(Type type) => type.Assembly.GetName().Name is { } name
        && (name == nameof(System)
            || name.StartsWith("System.", StringComparison.Ordinal)
            || name.StartsWith("Microsoft.", StringComparison.Ordinal));

    /// <summary>Whether what is read goes into the value that a property has.</summary>
    public static bool IsPopulated(JsonTypeInfo info, JsonPropertyInfo property) =>
        (property.ObjectCreationHandling ?? info.PreferredPropertyObjectCreationHandling)
        == JsonObjectCreationHandling.Populate;

    /// <summary>Whether what is written of a property is read into it.</summary>
    public static bool IsRead(JsonTypeInfo info, JsonPropertyInfo property) =>
        property.IsExtensionData
        || property.Set is not null
        || property.AssociatedParameter is not null
        || (property.Get is not null && IsPopulated(info, property));

    /// <summary>Whether a property is left out of the JSON where it is null, or the default of its type.</summary>
    public static bool IsLeftOut(JsonPropertyInfo property) =>
        MemberOf(property)?.GetCustomAttribute<JsonIgnoreAttribute>()?.Condition
            is JsonIgnoreCondition.WhenWritingNull or JsonIgnoreCondition.WhenWritingDefault;

    /// <summary>Whether a property must be there when it is read.</summary>
    public static bool IsNeeded(JsonPropertyInfo property) =>
        property.IsRequired || property.AssociatedParameter is { HasDefaultValue: false };

    /// <summary>Whether a property may be left out of the JSON, and must then be there.</summary>
    public static bool IsLeftOutAndNeeded(JsonPropertyInfo property) => IsLeftOut(property) && IsNeeded(property)
        && (property.IsGetNullable || property.PropertyType.IsValueType);

    /// <summary>A property's name in C#.</summary>
    public static string NameOf(JsonPropertyInfo property) => MemberOf(property)?.Name ?? property.Name;

    /// <summary>Reads a property, whose own code may throw.</summary>
    /// <returns>The value; null when it throws.</returns>
    public static object? Try(JsonPropertyInfo property, object owner)
    {
        try
        {
            return property.Get!(owner);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return null;
        }
    }

    /// <summary>Whether two are one property: the same, or one that overrides the other.</summary>
    private static bool IsSame(PropertyInfo one, PropertyInfo other) =>
        one.Name == other.Name
        && (one.DeclaringType == other.DeclaringType || RootOf(one) == RootOf(other));

    private static Type? RootOf(PropertyInfo property) =>
        (property.GetMethod ?? property.SetMethod)?.GetBaseDefinition().DeclaringType;

    private static MemberInfo? MemberOf(JsonPropertyInfo property) => property.AttributeProvider as MemberInfo;

    private static IEnumerable<FieldInfo> FieldsOf(Type type)
    {
        for (var owner = type; owner is not null && owner != typeof(object); owner = owner.BaseType)
        {
            foreach (var field in owner.GetFields(Own).Where(static field => !IsIgnored(field)))
            {
                yield return field;
            }
        }
    }

    private static string OfProperty(JsonTypeInfo info, PropertyInfo property)
    {
        var name = property.Name;
        if (property.SetMethod is { IsPublic: false } && property.GetMethod is { IsPublic: true })
        {
            return $"has the property {name}, whose setter is not public, so that it is stored and not read back; "
                + "make the setter public, or init, or put [JsonInclude] on the property";
        }

        if (property.GetMethod is not { IsPublic: true })
        {
            return $"has the property {name}, which is not public and so not stored; "
                + "make it public, or put [JsonInclude] on it, or [JsonIgnore] if it need not be kept";
        }

        var isCollection = property.PropertyType != typeof(string)
            && typeof(IEnumerable).IsAssignableFrom(property.PropertyType);
        var populate = isCollection && StoredValues.CanBePopulated(info, property.PropertyType)
            ? ", or put [JsonObjectCreationHandling(JsonObjectCreationHandling.Populate)] on it"
            : "";
        return $"has the property {name}, which has no setter, so that it is stored and not read back; "
            + $"give it init or set{populate}, or [JsonIgnore] if it need not be kept";
    }

    /// <summary>The automatic property whose value a field keeps.</summary>
    private static PropertyInfo? PropertyOf(FieldInfo field) =>
        field.Name.StartsWith('<') && field.Name.EndsWith(">k__BackingField", StringComparison.Ordinal)
            ? field.DeclaringType!.GetProperty(field.Name[1..^16], Own)
            : null;

    private static FieldInfo? FieldOf(PropertyInfo property) =>
        property.DeclaringType!.GetField($"<{property.Name}>k__BackingField", Own);

    private static bool IsOfAnEvent(FieldInfo field) => field.DeclaringType!.GetEvent(field.Name, Own) is not null;

    /// <summary>
    /// Whether a field has the same in every object, or what the constructor makes of the values that are read.
    /// </summary>
    private static bool IsMadeAnew(Type type, FieldInfo field) =>
        field.IsInitOnly && field.DeclaringType is { IsValueType: false } owner && HasOneWay(owner)
            && (field.FieldType == typeof(object) || field.FieldType == typeof(Lock)
                || typeof(Delegate).IsAssignableFrom(field.FieldType)
                || (StoredValues.IsLeaf(field.FieldType) && !DiffersBetween(type, field)));

    /// <summary>Whether two that are made of nothing have different values in a field: a new id, the time.</summary>
    private static bool DiffersBetween(Type type, FieldInfo field)
    {
        if (type.IsAbstract || type.ContainsGenericParameters || type.GetConstructor(Own, []) is not { } make)
        {
            return false;
        }

        try
        {
            return !Equals(field.GetValue(make.Invoke([])), field.GetValue(make.Invoke([])));
        }
        catch (TargetInvocationException)
        {
            // It cannot be made of nothing.
            return false;
        }
    }

    /// <summary>Whether there is one constructor, that for copies aside.</summary>
    private static bool HasOneWay(Type type) =>
        type.GetConstructors(Own)
            .Count(way => way.GetParameters() is not [{ ParameterType: var only }] || only != type) == 1;

    private static bool IsIgnored(MemberInfo member) =>
        member.GetCustomAttribute<JsonIgnoreAttribute>()?.Condition
            is JsonIgnoreCondition.Always or JsonIgnoreCondition.WhenReading or JsonIgnoreCondition.WhenWriting;

    private static bool IsNamedAfter(FieldInfo field, PropertyInfo property) =>
        field.Name.TrimStart('_').EndsWith(property.Name, StringComparison.OrdinalIgnoreCase);

    private static string NameOf(FieldInfo field) =>
        field.Name.StartsWith('<') ? field.Name[1..field.Name.IndexOf('>', StringComparison.Ordinal)] : field.Name;
}
