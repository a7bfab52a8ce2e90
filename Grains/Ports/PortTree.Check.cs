using System.Text.Json;
using System.Text.Json.Nodes;

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
    /// <param name="stored">
    /// The JSON with all defaults, computed ones included, so that they never change again; empty when there are
    /// faults.
    /// </param>
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
            var info = WorkflowJson.Options.GetTypeInfo(Type);
            stored = IsPlain
                ? JsonSerializer.SerializeToUtf8Bytes(value, info)
                : WithExposedDefaults(JsonSerializer.SerializeToElement(value, info));
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // A property's own code has thrown.
            return [$"{name}: {PortRules.MessageOf(e)}"];
        }

        return stored.Length > WorkflowJson.MaxPayloadBytes
            ?
            [
                $"{name}: {stored.Length:N0} bytes of JSON with the defaults; {WorkflowJson.MaxPayloadBytes:N0} are "
                + "allowed.",
            ]
            : faults;
    }

    /// <summary>Finds the faults of one value.</summary>
    /// <param name="path">The port that it is for: 'trackingNumber', 'parcel.weight', 'parcels.big'.</param>
    /// <param name="value">The value.</param>
    /// <param name="name">What the ports are called: 'inputs', 'outputs'.</param>
    /// <param name="sound">The value as it can be read; that which is given when there are faults.</param>
    /// <returns>The faults, each with its path; empty when there is none.</returns>
    public IReadOnlyList<string> CheckPart(string path, JsonNode? value, string name, out JsonNode? sound)
    {
        sound = value;
        var tree = this;
        Port? port = null;
        var at = name;
        foreach (var segment in path.Split('.'))
        {
            at += $".{segment}";
            port = tree.Find(segment);
            if (
                (
                    port?.Tree
                    ?? (
                        segment.Length > 0 && tree is { Kind: PortKind.DynamicNamespace, TakesOtherNames: true }
                            ? tree.Item
                            : null))
                is not { } next)
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

        var faults = FaultsOf(tree, port, json, at);
        if (faults.Count > 0 && WholeNumbers.Rewrite(tree, json) is { } plain)
        {
            sound = JsonNode.Parse(plain);
            faults = FaultsOf(tree, port, JsonElement.Parse(plain), at);
        }

        return Limited(faults, name);
    }

    private static List<string> FaultsOf(PortTree tree, Port? port, JsonElement json, string path)
    {
        var faults = new List<string>();
        if (port is null)
        {
            new JsonCheck().Visit(tree, json, path, faults);
        }
        else
        {
            new JsonCheck().VisitAlone(port, json, path, faults);
        }

        return faults;
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
        // Only what would be refused pays for being written and read again.
        var faults = FaultsAsWritten(json, name, out value);
        return faults.Count > 0 && WithPlainNumbers(json) is { } plain
            ? FaultsAsWritten(plain, name, out value)
            : faults;
    }

    private byte[] WithExposedDefaults(JsonElement json) =>
        JsonSerializer.SerializeToUtf8Bytes(PortFiller.Fill(this, json), WorkflowJson.Options);

    private byte[]? WithPlainNumbers(byte[] json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return WholeNumbers.Rewrite(this, document.RootElement);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // It is no JSON, or has text that is none; its faults say so.
            return null;
        }
    }

    private List<string> FaultsAsWritten(byte[] json, string name, out object? value)
    {
        var faults = new List<string>();
        try
        {
            value = Read(json);
            if (IsPlain || value is null)
            {
                PortValidator.Validate(value, this, name, faults);
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
