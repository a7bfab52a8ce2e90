using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orleans.Workflows.Abstractions;

/// <summary>
/// Keeps a <see cref="DateTime"/> of a zone as the same instant in UTC, whatever the zone of the machine that writes or
/// reads. One of the kind Unspecified stays as it is, everywhere.
/// </summary>
public sealed class UtcTimeConverter : JsonConverter<DateTime>
{
    /// <summary>Reads a time.</summary>
    /// <param name="reader">Where it is.</param>
    /// <param name="typeToConvert">DateTime.</param>
    /// <param name="options">Not used.</param>
    /// <returns>The time: in UTC where it says its zone, else Unspecified.</returns>
    public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TryGetDateTime(out var time) && time.Kind != DateTimeKind.Local
            ? time
            : reader.GetDateTimeOffset().UtcDateTime;

    /// <summary>Writes a time; one of the kind Local as its instant in UTC.</summary>
    /// <param name="writer">Where it goes.</param>
    /// <param name="value">The time.</param>
    /// <param name="options">Not used.</param>
    public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(Stored(value));
    }

    /// <summary>Reads a time that is the key of an entry.</summary>
    /// <param name="reader">Where it is.</param>
    /// <param name="typeToConvert">DateTime.</param>
    /// <param name="options">Not used.</param>
    /// <returns>The time, as of <see cref="Read"/>.</returns>
    /// <exception cref="JsonException">It is no time.</exception>
    public override DateTime ReadAsPropertyName(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options)
    {
        var (text, culture) = (reader.GetString(), CultureInfo.InvariantCulture);
        return !DateTime.TryParse(text, culture, DateTimeStyles.RoundtripKind, out var time)
                ? throw new JsonException($"'{text}' is no time.")
            : time.Kind == DateTimeKind.Local ? DateTimeOffset.Parse(text!, culture).UtcDateTime
            : time;
    }

    /// <summary>Writes a time as the key of an entry.</summary>
    /// <param name="writer">Where it goes.</param>
    /// <param name="value">The time.</param>
    /// <param name="options">Not used.</param>
    public override void WriteAsPropertyName(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WritePropertyName(JsonSerializer.SerializeToElement(Stored(value)).GetString()!);
    }

    private static DateTime Stored(DateTime value) =>
        value.Kind == DateTimeKind.Local ? value.ToUniversalTime() : value;
}
