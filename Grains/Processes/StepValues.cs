using System.Text.Json;
using System.Text.Json.Nodes;
using Orleans.Workflows.Grains.Values;

namespace Orleans.Workflows;

/// <summary>
/// Writes what a step leaves: context, arguments, outputs, inputs of children. Looks at it again where that is asked
/// for.
/// </summary>
internal static class StepValues
{
    /// <summary>Writes a value.</summary>
    /// <typeparam name="T">Its declared type.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="what">What it is, for the error message.</param>
    /// <returns>UTF-8 JSON.</returns>
    /// <exception cref="PayloadException">
    /// It cannot be written, is larger than 4 MiB, or would not be read back as it was.
    /// </exception>
    public static byte[] Write<T>(T value, string what)
    {
        var json = WorkflowJson.Write(value, what);
        if (CurrentProcess.Identity is { ReadsBack: true })
        {
            ReadBack.Check(value, typeof(T), json, what);
        }

        return json;
    }

    /// <summary>Makes a value that becomes part of another.</summary>
    /// <param name="value">The value.</param>
    /// <param name="type">Its declared type.</param>
    /// <param name="what">What it is, for the error message.</param>
    /// <returns>The JSON; null for JSON null.</returns>
    /// <exception cref="PayloadException">It cannot be written, or would not be read back as it was.</exception>
    public static JsonNode? Node(object? value, Type type, string what)
    {
        var node = WorkflowJson.Node(value, type, what);
        if (CurrentProcess.Identity is { ReadsBack: true })
        {
            ReadBack.Check(value, type, JsonSerializer.SerializeToUtf8Bytes(node, WorkflowJson.Options), what);
        }

        return node;
    }
}
