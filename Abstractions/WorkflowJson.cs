using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using Orleans.Workflows.Abstractions;

namespace Orleans.Workflows;

/// <summary>How payloads are written: UTF-8 JSON by System.Text.Json.</summary>
public static class WorkflowJson
{
    /// <summary>The largest input, output, signal or context, in bytes of JSON: 4 MiB.</summary>
    public const int MaxPayloadBytes = 4 * 1024 * 1024;

    /// <summary>
    /// The options of every payload: camel case, enums as text, missing required members and unknown enum texts are
    /// errors. What a constructor needs is required, of classes and of structs.
    /// </summary>
    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>Finds text that is no Unicode, which would become U+FFFD in silence.</summary>
    private static readonly JsonSerializerOptions Strict = CreateStrict();

    /// <summary>Writes a payload.</summary>
    /// <typeparam name="T">Its declared type.</typeparam>
    /// <param name="value">The value; <c>null</c> is written as JSON null.</param>
    /// <param name="what">What it is, for the error message: 'input', 'signal'.</param>
    /// <returns>UTF-8 JSON.</returns>
    /// <exception cref="PayloadException">
    /// It cannot be written, is larger than 4 MiB or nests more than 64 deep, or has half of a surrogate pair.
    /// </exception>
    public static byte[] Write<T>(T value, string what)
    {
        try
        {
            var json = JsonSerializer.SerializeToUtf8Bytes(value, Options);
            if (json.AsSpan().IndexOf(Replacement) >= 0)
            {
                // Either the value has this very character, or one of its texts is no Unicode: then this throws.
                JsonSerializer.SerializeToUtf8Bytes(value, Strict);
            }

            return OfSize(json, what);
        }
        catch (Exception e) when (e is not (PayloadException or OutOfMemoryException))
        {
            // Whatever the type's own code throws; and of NaN, System.Text.Json itself throws an ArgumentException.
            throw Unwritable(typeof(T), what, e);
        }
    }

    /// <summary>Makes a payload that becomes part of another.</summary>
    /// <param name="value">The value.</param>
    /// <param name="type">Its declared type.</param>
    /// <param name="what">What it is, for the error message.</param>
    /// <returns>The JSON; <c>null</c> for JSON null.</returns>
    /// <exception cref="PayloadException">
    /// It cannot be written, nests more than 64 deep, or has half of a surrogate pair.
    /// </exception>
    public static JsonNode? Node(object? value, Type type, string what)
    {
        try
        {
            return JsonSerializer.SerializeToNode(value, type, Strict);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            throw Unwritable(type, what, e);
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
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            var why = ExceptionText.MessageOf(e);
            throw new PayloadException($"The stored {what} cannot be read as {typeof(T)}: {why}", e);
        }
    }

    /// <summary>Passes on a payload of others, if the engine can store it and read it back.</summary>
    /// <param name="json">UTF-8 JSON.</param>
    /// <param name="what">What it is, for the error message.</param>
    /// <returns>The same bytes.</returns>
    /// <exception cref="PayloadException">
    /// It is larger than 4 MiB, or <see cref="FaultOf"/> finds something.
    /// </exception>
    public static byte[] Checked(byte[] json, string what) => FaultOf(OfSize(json, what)) is { } fault
        ? throw new PayloadException($"The {what} cannot be stored: {fault}.")
        : json;

    /// <summary>Makes a payload of JSON that is text.</summary>
    /// <param name="json">The JSON.</param>
    /// <param name="what">What it is, for the error message.</param>
    /// <returns>UTF-8 JSON.</returns>
    /// <exception cref="PayloadException">It has half of a surrogate pair, or as of <see cref="Checked"/>.</exception>
    public static byte[] FromText(string json, string what)
    {
        ArgumentNullException.ThrowIfNull(json);
        return StorableText.IndexOfHalf(json) is >= 0 and var index
            ? throw new PayloadException(
                $"The {what} cannot be stored: it has half of a surrogate pair at index {index}.")
            : Checked(Encoding.UTF8.GetBytes(json), what);
    }

    /// <summary>Finds out whether bytes are JSON that can be stored and read back, whatever it is for.</summary>
    /// <param name="json">The bytes.</param>
    /// <returns>
    /// What is wrong; <c>null</c> when they are one JSON value in UTF-8, at most 64 deep, without half of a surrogate
    /// pair in any text.
    /// </returns>
    public static string? FaultOf(ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json))
        {
            return "its bytes are not UTF-8";
        }

        try
        {
            // One deeper than is allowed, so that it is this that says so.
            var options = new JsonReaderOptions { MaxDepth = WorkflowLimits.MaxPayloadDepth + 1 };
            var reader = new Utf8JsonReader(json, options);
            while (reader.Read())
            {
                var opens = reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray;
                if (opens && reader.CurrentDepth >= WorkflowLimits.MaxPayloadDepth)
                {
                    return $"it nests more than {WorkflowLimits.MaxPayloadDepth} deep";
                }

                if (reader.ValueIsEscaped)
                {
                    // Throws of half of a surrogate pair.
                    reader.GetString();
                }
            }

            return null;
        }
        catch (InvalidOperationException)
        {
            return "a text in it has half of a surrogate pair, which is no character";
        }
        catch (JsonException e)
        {
            return $"it is not JSON: {e.Message.TrimEnd('.')}";
        }
    }

    /// <summary>
    /// Passes a payload on if it is not too large: for what is JSON for sure, or is read right after.
    /// </summary>
    /// <param name="json">UTF-8 JSON.</param>
    /// <param name="what">What it is, for the error message.</param>
    /// <returns>The same bytes.</returns>
    /// <exception cref="PayloadException">It is larger than 4 MiB.</exception>
    internal static byte[] OfSize(byte[] json, string what)
    {
        ArgumentNullException.ThrowIfNull(json);
        return json.Length > MaxPayloadBytes
            ? throw new PayloadException(
                $"The {what} has {json.Length:N0} bytes of JSON; {MaxPayloadBytes:N0} are allowed. Store it elsewhere "
                + "and pass a reference.")
            : json;
    }

    private static PayloadException Unwritable(Type type, string what, Exception e) =>
        new($"The {what} of type {type} cannot be written as JSON: {ExceptionText.MessageOf(e)}", e);

    private static ReadOnlySpan<byte> Replacement => "\\uFFFD"u8;

    private static JsonSerializerOptions CreateStrict()
    {
        var options = new JsonSerializerOptions(Options);
        options.Converters.Insert(0, new UnicodeConverter());
        options.Converters.Insert(0, new UnicodeConverter.OfChar());
        options.Converters.Insert(0, new UnicodeConverter.OfNode());
        options.MakeReadOnly();
        return options;
    }

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            MaxDepth = WorkflowLimits.MaxPayloadDepth,
            RespectRequiredConstructorParameters = true,
            RespectNullableAnnotations = true,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver
            {
                Modifiers = { RefuseDerived, StructConstructor.Follow },
            },
        };
        options.Converters.Add(new JsonStringEnumConverter());
        options.Converters.Add(new ZonedTimeConverter(refuses: false));
        options.Converters.Add(new UtcTimeConverter());
        options.MakeReadOnly();
        return options;
    }

    /// <summary>
    /// Of an object in the place of one from which it derives only the base would be written: that is refused
    /// (decision 27). Where [JsonDerivedType] says what may be in the place, each is written by metadata of its own.
    /// </summary>
    private static void RefuseDerived(JsonTypeInfo info)
    {
        var type = info.Type;
        if (info.Kind != JsonTypeInfoKind.Object || type.IsSealed || type == typeof(object))
        {
            return;
        }

        var before = info.OnSerializing;
        info.OnSerializing = value =>
        {
            before?.Invoke(value);
            if (value.GetType() != type)
            {
                var derived = value.GetType().Name;
                throw new NotSupportedException(
                    $"A {derived} is in the place of a {type.Name}, of which alone would be kept: "
                    + $"put [JsonDerivedType(typeof({derived}), \"…\")] on {type.Name}, or keep a {type.Name}.");
            }
        };
    }
}
