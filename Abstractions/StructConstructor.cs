using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization.Metadata;

namespace Orleans.Workflows.Abstractions;

/// <summary>
/// Reads a struct as a class with the same constructor is read: a parameter without a default must be given, and the
/// others have their defaults. System.Text.Json makes structs of zeros, unless [JsonConstructor] says otherwise.
/// </summary>
internal static class StructConstructor
{
    /// <summary>Makes the metadata of a struct say what its constructor does.</summary>
    /// <param name="info">The metadata of any type, not yet in use.</param>
    public static void Follow(JsonTypeInfo info)
    {
        if (info.Kind != JsonTypeInfoKind.Object || !info.Type.IsValueType
            || Find(info.Type) is not { } constructor
            || PropertiesOf(info, constructor.GetParameters()) is not { } properties)
        {
            return;
        }

        var parameters = constructor.GetParameters();
        foreach (var (parameter, property) in parameters.Zip(properties))
        {
            property.IsRequired |= !parameter.HasDefaultValue && property.Set is not null;
        }

        object?[] defaults = [.. parameters.Select(DefaultOf)];
        var invoker = ConstructorInvoker.Create(constructor);
        info.CreateObject = CanMake(invoker, defaults)
            ? () => invoker.Invoke(defaults)
            : () => OfZeros(info.Type, properties, defaults);
    }

    /// <summary>
    /// The only public constructor, or the one that the compiler has made of a record's parameters; none where one
    /// without parameters is declared, which is preferred in a class too.
    /// </summary>
    private static ConstructorInfo? Find(Type type)
    {
        var all = type.GetConstructors();
        if (all.Length == 1)
        {
            return all[0].GetParameters().Length > 0 ? all[0] : null;
        }

        var parts = type.GetMethods()
            .FirstOrDefault(static method =>
                method.Name == "Deconstruct" && method.IsDefined(typeof(CompilerGeneratedAttribute)))
            ?.GetParameters().Select(static part => (part.Name, Type: part.ParameterType.GetElementType())).ToList();
        return parts is null || Array.Exists(all, static one => one.GetParameters().Length == 0)
            ? null
            : Array.Find(
                all,
                one => one.GetParameters().Select(static own => (own.Name, Type: (Type?)own.ParameterType))
                    .SequenceEqual(parts));
    }

    /// <summary>
    /// The properties of the parameters, in their order; null where one has none that can be set, or where the
    /// constructor is used anyway.
    /// </summary>
    private static List<JsonPropertyInfo>? PropertiesOf(JsonTypeInfo info, ParameterInfo[] parameters)
    {
        var found = new List<JsonPropertyInfo>();
        foreach (var parameter in parameters)
        {
            var property = info.Properties.FirstOrDefault(property =>
                property.PropertyType == parameter.ParameterType
                && (property.AttributeProvider as MemberInfo)?.Name.Equals(
                    parameter.Name,
                    StringComparison.OrdinalIgnoreCase) == true);
            if (property is null or { AssociatedParameter: not null } or { Get: not null, Set: null })
            {
                return null;
            }

            found.Add(property);
        }

        return found;
    }

    /// <summary>What a parameter is when nothing is given; null stands for the zeros of a value type, too.</summary>
    private static object? DefaultOf(ParameterInfo parameter)
    {
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        return !parameter.HasDefaultValue || parameter.DefaultValue is not { } value ? null
            : type.IsEnum && value.GetType() != type ? Enum.ToObject(type, value)
            : value;
    }

    /// <summary>A constructor may refuse zeros; then the values are set one by one, without it.</summary>
    private static bool CanMake(ConstructorInvoker invoker, object?[] defaults)
    {
        try
        {
            invoker.Invoke(defaults);
            return true;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return false;
        }
    }

    private static object OfZeros(Type type, List<JsonPropertyInfo> properties, object?[] defaults)
    {
        var made = RuntimeHelpers.GetUninitializedObject(type);
        foreach (var (property, value) in properties.Zip(defaults).Where(static pair => pair.Second is not null))
        {
            property.Set?.Invoke(made, value);
        }

        return made;
    }
}
