using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Orleans.Workflows.Abstractions;

/// <summary>Writes text, and refuses what is no Unicode: System.Text.Json would put U+FFFD in its place.</summary>
internal sealed class UnicodeConverter : JsonConverter<string>
{
    /// <inheritdoc/>
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Checked(value));

    /// <inheritdoc/>
    public override string ReadAsPropertyName(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString()!;

    /// <inheritdoc/>
    public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
        writer.WritePropertyName(Checked(value));

    private static string Checked(string value) => StorableText.IndexOfHalf(value) is >= 0 and var index
        ? throw new NotSupportedException(
            $"A text has half of a surrogate pair at index {index}: cut text between characters.")
        : value;

    /// <summary>The same for what is JSON already, whose texts no converter of texts sees.</summary>
    internal sealed class OfNode : JsonConverterFactory
    {
        /// <inheritdoc/>
        public override bool CanConvert(Type typeToConvert) => typeof(JsonNode).IsAssignableFrom(typeToConvert);

        /// <inheritdoc/>
        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
            (JsonConverter)Activator.CreateInstance(typeof(Of<>).MakeGenericType(typeToConvert))!;

        private static void Check(JsonNode? node)
        {
            switch (node)
            {
                case JsonObject members:
                    foreach (var (name, value) in members)
                    {
                        Checked(name);
                        Check(value);
                    }

                    break;
                case JsonArray items:
                    foreach (var item in items)
                    {
                        Check(item);
                    }

                    break;
                case JsonValue value when value.TryGetValue<string>(out var text):
                    Checked(text);
                    break;
                default:
                    break;
            }
        }

        /// <summary>The converter of one kind of node.</summary>
        private sealed class Of<TNode> : JsonConverter<TNode>
            where TNode : JsonNode
        {
            /// <inheritdoc/>
            public override TNode? Read(
                ref Utf8JsonReader reader,
                Type typeToConvert,
                JsonSerializerOptions options) =>
                JsonNode.Parse(ref reader) as TNode
                ?? throw new JsonException($"The value is no {typeof(TNode).Name}.");

            /// <inheritdoc/>
            public override void Write(Utf8JsonWriter writer, TNode value, JsonSerializerOptions options)
            {
                Check(value);
                value.WriteTo(writer, options);
            }
        }
    }

    /// <summary>The same for single characters, of which half of a pair is none.</summary>
    internal sealed class OfChar : JsonConverter<char>
    {
        /// <inheritdoc/>
        public override char Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.GetString()![0];

        /// <inheritdoc/>
        public override void Write(Utf8JsonWriter writer, char value, JsonSerializerOptions options) =>
            writer.WriteStringValue(Checked(value.ToString()));

        /// <inheritdoc/>
        public override void WriteAsPropertyName(Utf8JsonWriter writer, char value, JsonSerializerOptions options) =>
            writer.WritePropertyName(Checked(value.ToString()));
    }
}
