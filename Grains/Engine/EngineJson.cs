using System.Text.Json.Serialization;

namespace Orleans.Workflows.Grains.Engine;

/// <summary>How the engine's own records are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    MaxDepth = EngineJson.MaxDepth,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(Checkpoint))]
[JsonSerializable(typeof(StoredWait))]
[JsonSerializable(typeof(Ending))]
[JsonSerializable(typeof(System.Text.Json.Nodes.JsonNode))]
internal sealed partial class EngineJson : JsonSerializerContext
{
    /// <summary>How deep a checkpoint nests: a payload at its limit, and what it is in.</summary>
    public const int MaxDepth = WorkflowLimits.MaxPayloadDepth * 2;
}
