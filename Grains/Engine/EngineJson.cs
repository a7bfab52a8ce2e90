using System.Text.Json.Serialization;

namespace Orleans.Workflows.Grains.Engine;

/// <summary>How the engine's own records are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(Checkpoint))]
[JsonSerializable(typeof(Ending))]
[JsonSerializable(typeof(System.Text.Json.Nodes.JsonNode))]
internal sealed partial class EngineJson : JsonSerializerContext;
