using System.Text.Json;
using System.Text.Json.Nodes;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Definitions;
using Orleans.Workflows.Grains.Engine;
using Orleans.Workflows.Grains.Ports;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Linked;

namespace Orleans.Workflows.Grains.Gateway;

/// <summary>
/// An edit of the input: checked as a start is, and stored as a start stores its input, with the names of the ports and
/// all defaults.
/// </summary>
internal static class InputEdits
{
    /// <summary>Tries the change on the input that is stored: a silo without the type cannot.</summary>
    /// <param name="request">The edit.</param>
    /// <param name="row">The process.</param>
    /// <param name="definition">Its definition; null where that is not known.</param>
    /// <returns>What is wrong, and then each fault with its path; null for nothing.</returns>
    public static IReadOnlyList<string>? FaultsOf(
        MessageRequest request,
        ProcessRow row,
        ProcessDefinition? definition)
    {
        if (definition is null)
        {
            return [$"This silo does not have the type '{row.Type}', so it cannot check the input."];
        }

        try
        {
            var faults = Check(request.Payload, InputOf(row), definition, out _);
            return faults.Count == 0 ? null
                : [$"The changed input is not valid: {string.Join(" ", faults)}", .. faults];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            return [$"The changed input is not valid: {Sentence.Ended(e.Message)}"];
        }
    }

    /// <summary>Makes the patch that is stored: it leaves what a start with the changed input would store.</summary>
    /// <param name="patch">The patch that was sent, which has no fault.</param>
    /// <param name="row">The process.</param>
    /// <param name="definition">Its definition.</param>
    /// <returns>The patch, UTF-8 JSON.</returns>
    public static byte[] Complete(byte[] patch, ProcessRow row, ProcessDefinition definition)
    {
        var old = InputOf(row);
        Check(patch, old, definition, out var stored);
        var changed = JsonNode.Parse(stored);
        var whole = Parse(old) is JsonObject was && changed is JsonObject now ? Between(was, now) : changed;
        return JsonSerializer.SerializeToUtf8Bytes(whole, WorkflowJson.Options);
    }

    /// <summary>The input that the process has now.</summary>
    /// <returns>UTF-8 JSON, or whatever is stored.</returns>
    public static byte[] InputOf(ProcessRow row)
    {
        try
        {
            return Checkpoint.Read(row.Checkpoint).Input?.Utf8 ?? row.Input;
        }
        catch (JsonException)
        {
            // Nothing of it can be read: then it is not the input that is to be mended.
            return row.Input;
        }
    }

    private static IReadOnlyList<string> Check(
        byte[] patch,
        byte[] old,
        ProcessDefinition definition,
        out byte[] stored)
    {
        var merged = MergePatch.Apply(
            PortNames.Apply(definition.Inputs, Parse(old)), PortNames.Apply(definition.Inputs, JsonNode.Parse(patch)));
        var changed = JsonSerializer.SerializeToUtf8Bytes(merged, WorkflowJson.Options);
        stored = [];
        return changed.Length <= WorkflowJson.MaxPayloadBytes
            ? definition.CheckInput(changed, out stored)
            : [$"inputs: they have {changed.Length:N0} bytes; {WorkflowJson.MaxPayloadBytes:N0} are allowed."];
    }

    /// <summary>
    /// The merge patch from one object to another. Null in it takes a member away, which is then read as its default,
    /// null.
    /// </summary>
    private static JsonObject Between(JsonObject old, JsonObject changed)
    {
        var patch = new JsonObject();
        foreach (var (name, value) in changed)
        {
            if (!old.TryGetPropertyValue(name, out var was))
            {
                patch[name] = value?.DeepClone();
            }
            else if (was is JsonObject below && value is JsonObject become)
            {
                if (Between(below, become) is { Count: > 0 } inside)
                {
                    patch[name] = inside;
                }
            }
            else if (was?.ToJsonString() != value?.ToJsonString())
            {
                // As text: 1.0 and 1 are one number, but not for who reads an integer.
                patch[name] = value?.DeepClone();
            }
        }

        foreach (var (name, _) in old.Where(member => !changed.ContainsKey(member.Key)))
        {
            patch[name] = null;
        }

        return patch;
    }

    private static JsonNode? Parse(byte[] input) =>
        input.Length > 0 && RawJson.IsJson(input) ? JsonNode.Parse(input) : null;
}
