using System.Reflection;
using System.Runtime.CompilerServices;
using Orleans.Workflows.Grains.Ports;

namespace Orleans.Workflows.Grains.Definitions;

/// <summary>What a class says of itself to others, whatever else is wrong with it.</summary>
/// <param name="Class">The class.</param>
/// <param name="Name">The name of its process type.</param>
/// <param name="Inputs">Its input ports.</param>
/// <param name="Outputs">Its output ports.</param>
internal sealed record DeclaredDefinition(Type Class, string Name, PortTree Inputs, PortTree Outputs)
{
    /// <summary>Reads a class.</summary>
    /// <returns>What it says; null when it does not say so much, which is a fault of its own.</returns>
    public static DeclaredDefinition? Of(Type type)
    {
        try
        {
            if (NameOf(type) is not { } name || type.IsAbstract || DefinitionFactory.Ports(type) is not { } ports)
            {
                return null;
            }

            var blank = (Process)RuntimeHelpers.GetUninitializedObject(type);
            var (inputs, outputs) = ExposeBuilder.Apply(type, blank, ports, faults: []);
            return new DeclaredDefinition(type, name, inputs, outputs);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The class's own code, or that of an attribute, has thrown: the check of the definition says so.
            return null;
        }
    }

    /// <summary>Reads the name of a class's process type.</summary>
    /// <returns>The name; null when it has none, or cannot be read.</returns>
    public static string? NameOf(Type type)
    {
        try
        {
            return type.GetCustomAttribute<ProcessAttribute>(inherit: false) is { Name: { Length: > 0 } name }
                ? name
                : null;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return null;
        }
    }
}
