using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orleans.Workflows.Grains.Definitions;

/// <summary>Lets results of children be kept in a context.</summary>
internal sealed class ChildResultConverter : JsonConverterFactory
{
    /// <inheritdoc/>
    public override bool CanConvert(Type typeToConvert) =>
        typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(ChildResult<>);

    /// <inheritdoc/>
    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Of<>).MakeGenericType(typeToConvert.GetGenericArguments()))!;

    /// <summary>Converts the results of children of one type.</summary>
    private sealed class Of<TOutput> : JsonConverter<ChildResult<TOutput>>
    {
        /// <inheritdoc/>
        public override ChildResult<TOutput>? Read(
            ref Utf8JsonReader reader,
            Type typeToConvert,
            JsonSerializerOptions options) =>
            JsonSerializer.Deserialize<StoredChildResult>(ref reader, options) is { } stored
                ? new ChildResult<TOutput>(stored.ToOutcome(), stored.Index)
                : null;

        /// <inheritdoc/>
        public override void Write(Utf8JsonWriter writer, ChildResult<TOutput> value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, new StoredChildResult(value.Outcome, value.Index), options);
    }
}
