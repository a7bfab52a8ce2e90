using System.Text.Json;

namespace Orleans.Workflows.ClientSdk;

/// <summary>
/// Writes inputs so that their faults are found by the check of the ports, all of them, wherever that can be.
/// </summary>
internal static class TypedInput
{
    /// <summary>
    /// Null goes out also where the type says that none is: the silo names each port that refuses it.
    /// </summary>
    private static readonly JsonSerializerOptions WithNulls = CreateWithNulls();

    /// <summary>Writes an input.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="input">The input.</param>
    /// <param name="type">The process type, for the error message.</param>
    /// <returns>UTF-8 JSON.</returns>
    /// <exception cref="PayloadException">
    /// It cannot be written, is larger than 4 MiB or nests more than 64 deep, or has half of a surrogate pair.
    /// </exception>
    public static byte[] Write<T>(T input, string type)
    {
        var what = $"input of '{type}'";
        try
        {
            return WorkflowJson.Write(input, what);
        }
        catch (PayloadException e) when (e.InnerException is JsonException && TryWrite(input, out var json))
        {
            return WorkflowJson.Checked(json, what);
        }
    }

    private static bool TryWrite<T>(T input, out byte[] json)
    {
        try
        {
            json = JsonSerializer.SerializeToUtf8Bytes(input, WithNulls);
            return true;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // It is something else, which the first try has said.
            json = [];
            return false;
        }
    }

    private static JsonSerializerOptions CreateWithNulls()
    {
        var options = new JsonSerializerOptions(WorkflowJson.Options) { RespectNullableAnnotations = false };
        options.MakeReadOnly();
        return options;
    }
}
