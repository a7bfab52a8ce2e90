using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;

namespace Orleans.Workflows.Grains.Ports;

/// <summary>Checks the values of ports by their <see cref="ValidationAttribute"/>s, nested records and collections included.</summary>
internal static class PortValidator
{
    private const int MaxObjects = 1_000_000;

    /// <summary>Reading attributes costs more than everything else that a start does before its commit. Goes with the types.</summary>
    private static readonly ConditionalWeakTable<Type, Port[]> Ports = [];

    /// <summary>Finds every fault at once.</summary>
    /// <param name="value">The ports' record.</param>
    /// <param name="path">What the ports are called: 'inputs', 'outputs'.</param>
    /// <returns>The faults, each with its path, in the order of the properties; empty when there is none.</returns>
    public static IReadOnlyList<string> Validate(object? value, string path)
    {
        var faults = new List<string>();
        if (value is null)
        {
            faults.Add($"{path}: a value is required.");
        }
        else
        {
            Visit(value, path, faults, new HashSet<object>(ReferenceEqualityComparer.Instance));
        }

        return faults;
    }

    private static void Visit(object value, string path, List<string> faults, HashSet<object> seen)
    {
        if (IsLeaf(value.GetType()) || seen.Count > MaxObjects || !seen.Add(value))
        {
            return;
        }

        if (value is IEnumerable items)
        {
            var index = 0;
            foreach (var item in items)
            {
                VisitItem(item, $"{path}[{index++}]", faults, seen);
            }

            return;
        }

        foreach (var port in Ports.GetValue(value.GetType(), static type => PortsOf(type)))
        {
            VisitPort(value, port, path, faults, seen);
        }

        if (value is IValidatableObject across)
        {
            faults.AddRange(across.Validate(new ValidationContext(value))
                .Where(static result => result != ValidationResult.Success)
                .Select(result => $"{path}{string.Concat(result.MemberNames.Take(1).Select(name => "." + Camel(name)))}: {result.ErrorMessage}"));
        }
    }

    private static void VisitItem(object? item, string path, List<string> faults, HashSet<object> seen)
    {
        if (item is null)
        {
            return;
        }

        var type = item.GetType();
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>))
        {
            var key = type.GetProperty("Key")!.GetValue(item);
            var nested = type.GetProperty("Value")!.GetValue(item);
            VisitItem(nested, $"{path[..path.LastIndexOf('[')]}.{key}", faults, seen);
            return;
        }

        Visit(item, path, faults, seen);
    }

    private static void VisitPort(object owner, Port port, string path, List<string> faults, HashSet<object> seen)
    {
        var own = $"{path}.{port.Name}";
        var value = port.Property.GetValue(owner);
        if (port.Rules.Length > 0)
        {
            var context = new ValidationContext(owner) { MemberName = port.Property.Name, DisplayName = port.Property.Name };
            foreach (var rule in port.Rules)
            {
                if (rule.GetValidationResult(value, context) is { } fault)
                {
                    faults.Add($"{own}: {fault.ErrorMessage}");
                }
            }
        }

        if (value is not null)
        {
            Visit(value, own, faults, seen);
        }
    }

    private static Port[] PortsOf(Type type) =>
    [
        .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(static property => property.GetIndexParameters().Length == 0 && property.CanRead && !property.IsDefined(typeof(JsonIgnoreAttribute)))
            .Select(static property => new Port(property, Camel(property.Name), [.. property.GetCustomAttributes<ValidationAttribute>(inherit: true)]))
            .Where(static port => port.Rules.Length > 0 || !IsAlwaysLeaf(port.Property.PropertyType)),
    ];

    /// <summary>Whether every value of a property is a leaf: what can be derived from may hold anything.</summary>
    private static bool IsAlwaysLeaf(Type type) => type.IsSealed && IsLeaf(Nullable.GetUnderlyingType(type) ?? type);

    private static bool IsLeaf(Type type) =>
        type.IsPrimitive || type.IsEnum || type == typeof(string) || type == typeof(byte[]) || type.Namespace == "System" || type.Namespace?.StartsWith("System.Text.Json", StringComparison.Ordinal) == true;

    private static string Camel(string name) => name.Length == 0 ? name : char.ToLowerInvariant(name[0]) + name[1..];

    /// <summary>A property that has something to check.</summary>
    private sealed record Port(PropertyInfo Property, string Name, ValidationAttribute[] Rules);
}
