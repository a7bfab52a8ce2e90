using System.Text.Json.Serialization;

namespace Orleans.Workflows.Grains.Engine;

/// <summary>A payload inside a checkpoint: JSON that the engine carries and never reads.</summary>
/// <param name="Utf8">The payload, UTF-8 JSON.</param>
[JsonConverter(typeof(RawJsonConverter))]
internal sealed record RawJson(byte[] Utf8)
{
    /// <summary>Compares the payloads byte by byte.</summary>
    public bool Equals(RawJson? other) => other is not null && Utf8.AsSpan().SequenceEqual(other.Utf8);

    /// <inheritdoc/>
    public override int GetHashCode() => Utf8.Length;
}
