using System.Reflection;
using System.Text.Json;

namespace Orleans.Workflows.Grains.Definitions;

/// <summary>Tells whether a step can do without its argument: one whose parameter may not be null, cannot.</summary>
internal static class NeededArgument
{
    /// <summary>Whether a step can do nothing without a value for a parameter.</summary>
    /// <returns>Whether it cannot. Code that says nothing of null takes it, as it always did.</returns>
    public static bool IsNeeded(ParameterInfo argument) =>
        new NullabilityInfoContext().Create(argument).ReadState == NullabilityState.NotNull
        && !ReadsNull(argument.ParameterType);

    /// <summary>
    /// Whether null is a value of a type: that of JSON itself, or of one whose converter makes something of it.
    /// </summary>
    private static bool ReadsNull(Type type)
    {
        try
        {
            return JsonSerializer.Deserialize("null"u8, WorkflowJson.Options.GetTypeInfo(type)) is not null;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // It does not, or cannot be read at all, which is another fault.
            return false;
        }
    }
}
