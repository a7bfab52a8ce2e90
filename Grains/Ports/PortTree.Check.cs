using System.Text.Json;
using System.Text.Json.Nodes;
using Orleans.Workflows.Abstractions;

namespace Orleans.Workflows.Grains.Ports;

/// <content>What checks values.</content>
internal sealed partial class PortTree
{
    /// <summary>Finds every fault at once.</summary>
    /// <param name="json">UTF-8 JSON.</param>
    /// <param name="name">What the ports are called: 'inputs', 'outputs'.</param>
    /// <returns>The faults, each with its path, in the order of the ports; empty when there is none.</returns>
    public IReadOnlyList<string> Check(byte[] json, string name) => FaultsOf(json, name, out _);

    /// <summary>Finds every fault at once, and makes what is to be stored.</summary>
    /// <param name="json">UTF-8 JSON.</param>
    /// <param name="name">What the ports are called: 'inputs', 'outputs'.</param>
    /// <param name="stored">The JSON with all defaults, computed ones included, so that they never change again; empty when there are faults.</param>
    /// <returns>The faults, each with its path, in the order of the ports; empty when there is none.</returns>
    public IReadOnlyList<string> Check(byte[] json, string name, out byte[] stored)
    {
        stored = [];
        var faults = FaultsOf(json, name, out var value);
        if (faults.Count > 0)
        {
            return faults;
        }

        try
        {
            stored = JsonSerializer.SerializeToUtf8Bytes(value, WorkflowJson.Options.GetTypeInfo(Type));
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // A property's own code has thrown.
            return [$"{name}: {PortRules.MessageOf(e)}"];
        }

        return stored.Length > WorkflowJson.MaxPayloadBytes
            ? [$"{name}: {stored.Length:N0} bytes of JSON with the defaults; {WorkflowJson.MaxPayloadBytes:N0} are allowed."]
            : faults;
    }

    /// <summary>Writes an input as it is stored: with all defaults, so that a computed one is made once for all steps.</summary>
    /// <param name="json">UTF-8 JSON without faults.</param>
    /// <returns>UTF-8 JSON.</returns>
    public byte[] WithDefaults(byte[] json)
    {
        var info = WorkflowJson.Options.GetTypeInfo(Type);
        return JsonSerializer.SerializeToUtf8Bytes(JsonSerializer.Deserialize(json, info), info);
    }

    /// <summary>Finds the faults of one value.</summary>
    /// <param name="path">The port that it is for: 'trackingNumber', 'parcel.weight', 'parcels.big'.</param>
    /// <param name="value">The value.</param>
    /// <param name="name">What the ports are called: 'inputs', 'outputs'.</param>
    /// <returns>The faults, each with its path; empty when there is none.</returns>
    public IReadOnlyList<string> CheckPart(string path, JsonNode? value, string name)
    {
        var tree = this;
        Port? port = null;
        var at = name;
        foreach (var segment in path.Split('.'))
        {
            at += $".{segment}";
            port = tree.Find(segment);
            if ((port?.Tree ?? (segment.Length > 0 && tree is { Kind: PortKind.DynamicNamespace, TakesOtherNames: true } ? tree.Item : null)) is not { } next)
            {
                return [JsonCheck.NoSuchPort(tree, at)];
            }

            tree = next;
        }

        JsonElement json;
        try
        {
            json = JsonSerializer.SerializeToElement(value, WorkflowJson.Options);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // A node may hold any value, and the same name twice.
            return [$"{at}: {PortRules.MessageOf(e)}"];
        }

        var faults = new List<string>();
        if (port is null)
        {
            new JsonCheck().Visit(tree, json, at, faults);
        }
        else
        {
            new JsonCheck().VisitAlone(port, json, at, faults);
        }

        return Limited(faults, name);
    }

    private static List<string> Limited(List<string> faults, string name)
    {
        if (faults.Count >= JsonCheck.MostFaults)
        {
            faults.RemoveRange(JsonCheck.MostFaults, faults.Count - JsonCheck.MostFaults);
            faults.Add($"{name}: there may be more faults than these {JsonCheck.MostFaults:N0}.");
        }

        return faults;
    }

    private List<string> FaultsOf(byte[] json, string name, out object? value)
    {
        var faults = new List<string>();
        try
        {
            value = Read(json);
            if (IsPlain || value is null)
            {
                PortValidator.Validate(value, name, faults);
                return Limited(faults, name);
            }
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Port by port it is said why. Most starts have no fault, and do not pay for that.
            value = null;
        }

        try
        {
            using var document = JsonDocument.Parse(json);
            new JsonCheck().Visit(this, document.RootElement, name, faults);
        }
        catch (JsonException e)
        {
            faults.Add($"{name}: this is not JSON: {e.Message}");
        }

        return Limited(faults, name);
    }
}
