using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Orleans.Workflows.Abstractions;

/// <summary>How payloads are written: UTF-8 JSON by System.Text.Json.</summary>
public static class WorkflowJson
{
    /// <summary>The largest input, output, signal or context, in bytes of JSON: 4 MiB.</summary>
    public const int MaxPayloadBytes = 4 * 1024 * 1024;

    /// <summary>The options of every payload: camel case, enums as text, missing required members and unknown enum texts are errors.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>Writes a payload.</summary>
    /// <typeparam name="T">Its declared type.</typeparam>
    /// <param name="value">The value; <c>null</c> is written as JSON null.</param>
    /// <param name="what">What it is, for the error message: 'input', 'signal'.</param>
    /// <returns>UTF-8 JSON.</returns>
    /// <exception cref="PayloadException">It cannot be written, or is larger than 4 MiB.</exception>
    public static byte[] Write<T>(T value, string what)
    {
        try
        {
            return Checked(JsonSerializer.SerializeToUtf8Bytes(value, Options), what);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or InvalidOperationException)
        {
            throw new PayloadException($"The {what} of type {typeof(T)} cannot be written as JSON: {e.Message}", e);
        }
    }

    /// <summary>Makes a payload that becomes part of another.</summary>
    /// <param name="value">The value.</param>
    /// <param name="type">Its declared type.</param>
    /// <param name="what">What it is, for the error message.</param>
    /// <returns>The JSON; <c>null</c> for JSON null.</returns>
    /// <exception cref="PayloadException">It cannot be written.</exception>
    public static JsonNode? Node(object? value, Type type, string what)
    {
        try
        {
            return JsonSerializer.SerializeToNode(value, type, Options);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or InvalidOperationException)
        {
            throw new PayloadException($"The {what} of type {type} cannot be written as JSON: {e.Message}", e);
        }
    }

    /// <summary>Reads a payload.</summary>
    /// <typeparam name="T">Its declared type.</typeparam>
    /// <param name="json">UTF-8 JSON.</param>
    /// <param name="what">What it is, for the error message.</param>
    /// <returns>The value.</returns>
    /// <exception cref="PayloadException">The bytes are not JSON of that type.</exception>
    public static T? Read<T>(ReadOnlySpan<byte> json, string what)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, Options);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or InvalidOperationException or ArgumentException)
        {
            throw new PayloadException($"The stored {what} cannot be read as {typeof(T)}: {e.Message}", e);
        }
    }

    /// <summary>Passes a payload on if the engine takes it.</summary>
    /// <param name="json">UTF-8 JSON.</param>
    /// <param name="what">What it is, for the error message.</param>
    /// <returns>The same bytes.</returns>
    /// <exception cref="PayloadException">It is larger than 4 MiB.</exception>
    public static byte[] Checked(byte[] json, string what)
    {
        ArgumentNullException.ThrowIfNull(json);
        return json.Length > MaxPayloadBytes
            ? throw new PayloadException($"The {what} has {json.Length:N0} bytes of JSON; {MaxPayloadBytes:N0} are allowed. Store it elsewhere and pass a reference.")
            : json;
    }

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            RespectRequiredConstructorParameters = true,
            RespectNullableAnnotations = true,
        };
        options.Converters.Add(new JsonStringEnumConverter());
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
