using System.Text.Json;
using System.Text.Json.Nodes;
using Orleans.Workflows.Grains.Engine;
using Orleans.Workflows.Grains.Ports;

namespace Orleans.Workflows.Grains.Definitions;

/// <summary>The outputs that the steps of a process have emitted, with those of the current one.</summary>
/// <param name="ports">The output ports.</param>
/// <param name="stored">What earlier steps emitted; null for nothing.</param>
internal sealed class EmittedOutputs(PortTree ports, RawJson? stored)
{
    private readonly List<string> _paths = [];
    private JsonObject? _all;

    /// <summary>The paths that the current step has emitted, in order.</summary>
    public IReadOnlyList<string> Paths => _paths;

    /// <summary>Whether nothing was ever emitted.</summary>
    public bool IsEmpty => stored is null && _paths.Count == 0;

    private JsonObject All => _all ??= stored is null ? [] : JsonNode.Parse(stored.Utf8) as JsonObject ?? [];

    /// <summary>Emits an output. One that was emitted before is replaced.</summary>
    /// <exception cref="PortValidationException">There is no such port, or the value is not one of it.</exception>
    public void Emit(string path, JsonNode? value)
    {
        var faults = ports.CheckPart(path, value, "outputs", out var sound);
        if (faults.Count > 0)
        {
            throw new PortValidationException(string.Join(" ", faults))
            {
                Faults = [.. faults.Select(PortFault.Parse)],
            };
        }

        var names = path.Split('.');
        var place = All;
        foreach (var name in names.SkipLast(1))
        {
            if (place[name] is not JsonObject inner)
            {
                place[name] = inner = [];
            }

            place = inner;
        }

        place[names[^1]] = sound?.DeepClone();
        _paths.Add(path);
    }

    /// <summary>Emits what a child has put out, as far as it is exposed.</summary>
    /// <exception cref="PortValidationException">A value is not one of its port.</exception>
    public void EmitExposed(string path, Type child, JsonElement outputs)
    {
        foreach (
            var (name, value) in ports.Gather(path, child, outputs)
                ?? throw new InvalidOperationException(
                    $"No outputs of {child.Name} are exposed at '{path}': do that in Expose."))
        {
            Emit($"{path}.{name}", value);
        }
    }

    /// <summary>Everything that was emitted.</summary>
    /// <exception cref="PayloadException">They are larger than 4 MiB, or nest more than 64 deep.</exception>
    public RawJson Write() => _paths.Count == 0 && stored is not null
        ? stored
        : new RawJson(WorkflowJson.Write(All, "outputs"));

    /// <summary>
    /// The whole output of a process that finishes with success: what was emitted, replaced by what it finishes with.
    /// </summary>
    /// <returns>The end with the whole output, and with the engine's exit code when that is not valid.</returns>
    public Directive.End Complete(Directive.End end)
    {
        if (
            end.ExitCode is not (EngineExitCodes.Success or EngineExitCodes.OutputsInvalid)
            || (IsEmpty && end.Output is not null))
        {
            return end;
        }

        var own = end.Output is null ? new JsonObject() : JsonNode.Parse(end.Output.Utf8);
        var whole = own is JsonObject members ? Merged(All, members, ports) : own;
        var output = new RawJson(WorkflowJson.Write(whole, "output"));
        var faults = ports.Check(output.Utf8, "outputs", out var stored);
        return OutputPorts.Checked(faults.Count == 0 ? new RawJson(stored) : output, faults);
    }

    /// <summary>
    /// Port by port. Null in what it finishes with is a value that nobody set: it does not replace what was emitted,
    /// nor does a namespace that has other ports.
    /// </summary>
    private static JsonObject Merged(JsonObject emitted, JsonObject own, PortTree? tree)
    {
        var whole = (JsonObject)emitted.DeepClone();
        foreach (var (name, value) in own.Where(member => member.Value is not null || !whole.ContainsKey(member.Key)))
        {
            var below = tree?.Find(name)?.Tree;
            whole[name] =
                below is { Kind: PortKind.Namespace or PortKind.DynamicNamespace }
                && whole[name] is JsonObject there
                && value is JsonObject given
                    ? Merged(there, given, below)
                    : value?.DeepClone();
        }

        return whole;
    }
}
