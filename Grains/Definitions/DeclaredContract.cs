using System.Reflection;

namespace Orleans.Workflows.Grains.Definitions;

/// <summary>
/// A contract that a class holds: a static member of type <see cref="ProcessType{TInput, TOutput}"/>.
/// </summary>
/// <param name="Place">The member: <c>Orders.Fulfil</c>.</param>
/// <param name="Name">The name of its process type.</param>
/// <param name="Input">Its input.</param>
/// <param name="Output">Its output.</param>
internal sealed record DeclaredContract(string Place, string Name, Type Input, Type Output)
{
    private const BindingFlags Static =
        BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>Finds the contracts of an assembly.</summary>
    /// <returns>The contracts, in no order.</returns>
    public static IEnumerable<DeclaredContract> Of(Assembly assembly) => TypesOf(assembly)
        .Where(static type => !type.ContainsGenericParameters)
        .SelectMany(static type => MembersOf(type))
        .Select(static member => Read(member.Member, member.Type, member.Get))
        .OfType<DeclaredContract>();

    private static IReadOnlyList<(MemberInfo Member, Type Type, Func<object?> Get)> MembersOf(Type type)
    {
        try
        {
            return [.. Members(type)];
        }
        catch (Exception e) when (e is FileNotFoundException or FileLoadException or TypeLoadException)
        {
            // A member's type is of an assembly that is not deployed.
            return [];
        }
    }

    private static IEnumerable<(MemberInfo Member, Type Type, Func<object?> Get)> Members(Type type)
    {
        // What the compiler keeps a property in is the property's.
        var fields = type.GetFields(Static)
            .Where(static field => IsContract(field.FieldType) && !field.Name.StartsWith('<'))
            .Select(static field => ((MemberInfo)field, field.FieldType, (Func<object?>)(() => field.GetValue(null))));
        var properties = type.GetProperties(Static)
            .Where(static property =>
                IsContract(property.PropertyType) && property.GetMethod?.GetParameters().Length == 0)
            .Select(static property =>
                ((MemberInfo)property, property.PropertyType, (Func<object?>)(() => property.GetValue(null))));
        return fields.Concat(properties);
    }

    private static DeclaredContract? Read(MemberInfo member, Type type, Func<object?> get)
    {
        var place = $"{member.DeclaringType!.Name}.{member.Name}";
        var ports = type.GetGenericArguments();
        try
        {
            return get()?.ToString() is { } name ? new DeclaredContract(place, name, ports[0], ports[1]) : null;
        }
        catch (Exception e) when (e is TargetInvocationException or TypeInitializationException)
        {
            // Code of its class has thrown, which is its users' trouble: not all classes of an assembly are for the
            // silo.
            return null;
        }
    }

    private static bool IsContract(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ProcessType<,>);

    private static IEnumerable<Type> TypesOf(Assembly assembly)
    {
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException e)
        {
            // Something that the assembly refers to is not deployed; what does not need it can be looked at.
            return e.Types.OfType<Type>();
        }
    }
}
