using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orleans.Workflows.Abstractions;

/// <summary>
/// Writes a <see cref="ProcessId"/> as a JSON string, and one that was never set as null. Ports refuse null all the
/// same.
/// </summary>
public sealed class ProcessIdJsonConverter : JsonConverter<ProcessId>
{
    /// <inheritdoc/>
    public override ProcessId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Null ? default
        : ProcessId.TryParse(reader.GetString(), out var id) ? id
        : throw new JsonException("The text is not a process id.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, ProcessId value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(value == default ? null : value.Value);
    }
}
