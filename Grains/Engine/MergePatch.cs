using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orleans.Workflows.Grains.Engine;

/// <summary>
/// JSON Merge Patch (RFC 7396): an object is merged member by member, null removes a member, anything else replaces.
/// </summary>
internal static class MergePatch
{
    /// <summary>Applies a patch.</summary>
    /// <param name="target">What is changed; it may be changed in place.</param>
    /// <param name="patch">The patch.</param>
    public static JsonNode? Apply(JsonNode? target, JsonNode? patch)
    {
        if (patch is not JsonObject members)
        {
            return patch?.DeepClone();
        }

        var result = target as JsonObject ?? [];
        foreach (var (name, value) in members)
        {
            if (value is null)
            {
                result.Remove(name);
            }
            else
            {
                result.TryGetPropertyValue(name, out var old);
                var merged = Apply(old, value);
                if (!ReferenceEquals(merged, old))
                {
                    result[name] = merged;
                }
            }
        }

        return result;
    }

    /// <summary>
    /// Applies a patch to an input, which may be anything: where it is no JSON object, the patch is the whole of what
    /// it becomes.
    /// </summary>
    /// <param name="input">What is stored.</param>
    /// <param name="patch">The patch, JSON.</param>
    /// <returns>What it becomes, JSON.</returns>
    public static byte[] ApplyToInput(byte[] input, byte[] patch)
    {
        var stored = input.Length > 0 && RawJson.IsJson(input) ? JsonNode.Parse(input) : null;
        return JsonSerializer.SerializeToUtf8Bytes(Apply(stored, JsonNode.Parse(patch)), EngineJson.Default.JsonNode);
    }
}
