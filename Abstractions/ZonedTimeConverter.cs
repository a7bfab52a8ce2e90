using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orleans.Workflows.Abstractions;

/// <summary>
/// Reads a time that does not say its zone as UTC, or refuses it, but never in the zone of the machine that reads.
/// </summary>
/// <param name="refuses">
/// Whether a time without a zone is refused: so at every way in. What is stored already is read as UTC.
/// </param>
public sealed class ZonedTimeConverter(bool refuses) : JsonConverter<DateTimeOffset>
{
    /// <summary>Reads a time.</summary>
    /// <param name="reader">Where it is.</param>
    /// <param name="typeToConvert">DateTimeOffset.</param>
    /// <param name="options">Not used.</param>
    /// <returns>The time.</returns>
    /// <exception cref="JsonException">It has no zone, where that is refused.</exception>
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TryGetDateTime(out var time) && time.Kind == DateTimeKind.Unspecified
            ? Unzoned(time)
            : reader.GetDateTimeOffset();

    /// <summary>Writes a time, with its zone.</summary>
    /// <param name="writer">Where it goes.</param>
    /// <param name="value">The time.</param>
    /// <param name="options">Not used.</param>
    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(value);
    }

    /// <summary>Reads a time that is the key of an entry.</summary>
    /// <param name="reader">Where it is.</param>
    /// <param name="typeToConvert">DateTimeOffset.</param>
    /// <param name="options">Not used.</param>
    /// <returns>The time.</returns>
    /// <exception cref="JsonException">It is no time, or has no zone, where that is refused.</exception>
    public override DateTimeOffset ReadAsPropertyName(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var (text, culture) = (reader.GetString(), CultureInfo.InvariantCulture);
        if (DateTime.TryParse(text, culture, DateTimeStyles.RoundtripKind, out var time)
            && time.Kind == DateTimeKind.Unspecified)
        {
            return Unzoned(time);
        }

        return DateTimeOffset.TryParse(text, culture, out var zoned)
            ? zoned
            : throw new JsonException($"'{text}' is no time.");
    }

    /// <summary>Writes a time as the key of an entry.</summary>
    /// <param name="writer">Where it goes.</param>
    /// <param name="value">The time.</param>
    /// <param name="options">Not used.</param>
    public override void WriteAsPropertyName(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WritePropertyName(JsonSerializer.SerializeToElement(value).GetString()!);
    }

    private DateTimeOffset Unzoned(DateTime time) => refuses
        ? throw new JsonException("a date and time with its zone is expected, such as 2026-01-31T12:00:00Z.")
        : new DateTimeOffset(time, TimeSpan.Zero);
}
