using System.Text.Json.Serialization;

namespace Orleans.Workflows.Grains.Engine;

/// <summary>How the engine's own records are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(Checkpoint))]
[JsonSerializable(typeof(Ending))]
internal sealed partial class EngineJson : JsonSerializerContext;
