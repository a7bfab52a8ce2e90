using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orleans.Workflows.Grains.Engine;

/// <summary>A payload inside a checkpoint: JSON that the engine carries and never reads.</summary>
/// <param name="Utf8">The payload, UTF-8 JSON.</param>
[JsonConverter(typeof(RawJsonConverter))]
internal sealed record RawJson(byte[] Utf8)
{
    /// <summary>Whether bytes are nothing, or one JSON value.</summary>
    public static bool IsJson(ReadOnlySpan<byte> utf8)
    {
        try
        {
            var reader = new Utf8JsonReader(utf8);
            while (utf8.Length > 0 && reader.Read())
            {
                reader.TrySkip();
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Whether bytes are nothing, or the JSON null.</summary>
    /// <param name="utf8">The bytes: nothing, or one JSON value.</param>
    public static bool IsNull(ReadOnlySpan<byte> utf8) => utf8.Trim(" \t\r\n"u8) is [] or [(byte)'n', ..];

    /// <summary>Compares the payloads byte by byte.</summary>
    public bool Equals(RawJson? other) => other is not null && Utf8.AsSpan().SequenceEqual(other.Utf8);

    /// <inheritdoc/>
    public override int GetHashCode() => Utf8.Length;
}
