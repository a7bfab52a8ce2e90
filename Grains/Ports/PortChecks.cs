using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orleans.Workflows.Grains.Ports;

/// <summary>Holds values against ports.</summary>
internal static class PortChecks
{
    /// <summary>Finds every fault at once.</summary>
    /// <param name="tree">The ports.</param>
    /// <param name="json">UTF-8 JSON.</param>
    /// <param name="name">What the ports are called: 'inputs', 'outputs'.</param>
    /// <returns>The faults, each with its path, in the order of the ports; empty when there is none.</returns>
    public static IReadOnlyList<string> Check(this PortTree tree, byte[] json, string name) =>
        FaultsOf(tree, json, name, out _);

    /// <summary>Finds every fault at once, and makes what is to be stored.</summary>
    /// <param name="tree">The ports.</param>
    /// <param name="json">UTF-8 JSON.</param>
    /// <param name="name">What the ports are called: 'inputs', 'outputs'.</param>
    /// <param name="stored">
    /// The JSON with all defaults, computed ones included, so that they never change again; empty when there are
    /// faults.
    /// </param>
    /// <returns>The faults, each with its path, in the order of the ports; empty when there is none.</returns>
    public static IReadOnlyList<string> Check(this PortTree tree, byte[] json, string name, out byte[] stored)
    {
        stored = [];
        var faults = FaultsOf(tree, json, name, out var value);
        if (faults.Count > 0)
        {
            return faults;
        }

        try
        {
            var info = WorkflowJson.Options.GetTypeInfo(tree.Type);
            stored = tree.IsPlain
                ? JsonSerializer.SerializeToUtf8Bytes(value, info)
                : WithExposedDefaults(tree, JsonSerializer.SerializeToElement(value, info));
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
    /// <param name="whole">The ports.</param>
    /// <param name="path">The port that it is for: 'trackingNumber', 'parcel.weight', 'parcels.big'.</param>
    /// <param name="value">The value.</param>
    /// <param name="name">What the ports are called: 'inputs', 'outputs'.</param>
    /// <param name="sound">The value as it can be read; that which is given when there are faults.</param>
    /// <returns>The faults, each with its path; empty when there is none.</returns>
    public static IReadOnlyList<string> CheckPart(
        this PortTree whole,
        string path,
        JsonNode? value,
        string name,
        out JsonNode? sound)
    {
        sound = value;
        var tree = whole;
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

    private static List<string> FaultsOf(PortTree tree, byte[] json, string name, out object? value)
    {
        // Only what would be refused pays for being written and read again.
        var faults = FaultsAsWritten(tree, json, name, out value);
        return faults.Count > 0 && WithPlainNumbers(tree, json) is { } plain
            ? FaultsAsWritten(tree, plain, name, out value)
            : faults;
    }

    private static byte[] WithExposedDefaults(PortTree tree, JsonElement json) =>
        JsonSerializer.SerializeToUtf8Bytes(PortFiller.Fill(tree, json), WorkflowJson.Options);

    private static byte[]? WithPlainNumbers(PortTree tree, byte[] json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return WholeNumbers.Rewrite(tree, document.RootElement);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // It is no JSON, or has text that is none; its faults say so.
            return null;
        }
    }

    private static List<string> FaultsAsWritten(PortTree tree, byte[] json, string name, out object? value)
    {
        var faults = new List<string>();
        try
        {
            value = tree.Read(json);
            if (tree.IsPlain || value is null)
            {
                PortValidator.Validate(value, tree, name, faults);
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
            new JsonCheck().Visit(tree, document.RootElement, name, faults);
        }
        catch (JsonException e)
        {
            faults.Add($"{name}: this is not JSON: {e.Message}");
        }

        return Limited(faults, name);
    }
}
