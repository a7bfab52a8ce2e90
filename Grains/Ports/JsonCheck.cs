using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orleans.Workflows.Grains.Ports;

/// <summary>Finds every fault of JSON that could not be read at once: port by port, each read alone.</summary>
internal sealed class JsonCheck
{
    /// <summary>A value that cannot be read costs an exception, and a list can have a million of them.</summary>
    public const int MostFaults = 1000;

    private int _left = MostFaults;

    /// <summary>Checks a value.</summary>
    /// <returns>Whether it could be read, whatever its validators say.</returns>
    public bool Visit(PortTree tree, JsonElement json, string path, List<string> faults)
    {
        if (_left <= 0)
        {
            return false;
        }

        Exception? error = null;
        if (tree.IsPlain)
        {
            error = Try(() => tree.Read(json), out var value);
            if (error is null)
            {
                if (value is not null)
                {
                    PortValidator.Validate(value, tree, path, faults);
                }

                return true;
            }
        }

        return (tree.Kind, json.ValueKind) switch
        {
            (PortKind.Namespace, JsonValueKind.Object) => VisitPorts(tree, json, path, faults, error),
            (PortKind.DynamicNamespace, JsonValueKind.Object) when tree.Exposed.Count > 0 => VisitExposed(
                tree,
                json,
                path,
                faults),
            (PortKind.DynamicNamespace, JsonValueKind.Object) => VisitEach(
                tree,
                json,
                path,
                faults,
                error,
                json.EnumerateObject().Select(entry => (entry.Value, $"{path}.{entry.Name}"))),
            (PortKind.List, JsonValueKind.Array) => VisitEach(
                tree,
                json,
                path,
                faults,
                error,
                json.EnumerateArray().Select((item, index) => (item, $"{path}[{index}]"))),
            _ => Fault(faults, ValueFault.Of(tree, json, path, error)),
        };
    }

    /// <summary>Checks the value of one port, whose record is not there.</summary>
    public void VisitAlone(Port port, JsonElement json, string path, List<string> faults)
    {
        var below = new List<string>();
        if (VisitGiven(port, json, path, below))
        {
            PortRules.Run(port, Alone(port, json), owner: null, path, faults);
        }

        faults.AddRange(below);
    }

    /// <summary>Says that a name is no port, and which there are.</summary>
    public static string NoSuchPort(PortTree tree, string path)
    {
        var names = tree.Kind == PortKind.Namespace ? tree.Ports : tree.Exposed.SelectMany(static child => child.Ports);
        var known = string.Join(", ", names.Select(static port => port.Name));
        return $"{path}: there is no such port; {(known.Length == 0 ? "there are none" : $"there are: {known}")}.";
    }

    private static Exception? Try(Func<object?> read, out object? value)
    {
        try
        {
            value = read();
            return null;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Not JSON of that type, or the type's own constructor or converter refuses the value.
            value = null;
            return e;
        }
    }

    private bool VisitPorts(PortTree tree, JsonElement json, string path, List<string> faults, Exception? error)
    {
        var given = GivenPorts.Of(tree, json);
        var before = faults.Count;
        var left = _left;
        var below = tree.Ports.Select(_ => new List<string>()).ToArray();
        var sound = tree
            .Ports.Select(
                (port, index) => VisitPort(tree, port, given.Values[index], $"{path}.{port.Name}", below[index]))
            .ToArray();
        var owner = tree.HasPortRules || tree.IsPartial ? tree.ReadPart(given.Write(sound)) : null;
        for (var index = 0; index < below.Length; index++)
        {
            var port = tree.Ports[index];
            if (sound[index] && (owner is not null || given.Values[index] is not null))
            {
                PortRules.Run(
                    port,
                    owner is null ? Alone(port, given.Values[index]!.Value) : port.ValueOf(owner),
                    owner,
                    $"{path}.{port.Name}",
                    faults);
            }

            faults.AddRange(below[index]);
        }

        var areSound = faults.Count == before;
        FaultsOfNames(tree, given, path, faults);
        if (faults.Count == before)
        {
            return VisitWhole(tree, json, path, faults, error, owner);
        }

        if (areSound && given.Again.Count == 0)
        {
            // Names that are no ports hide nothing that is wrong with the record.
            using var known = JsonDocument.Parse(given.Write(sound: null));
            VisitWhole(tree, known.RootElement, path, faults, error: null, owner);
        }

        return _left == left;
    }

    private void FaultsOfNames(PortTree tree, GivenPorts given, string path, List<string> faults)
    {
        foreach (var (name, port) in given.Again)
        {
            Fault(faults, GivenTwice(path, name, port));
        }

        foreach (var name in given.Others)
        {
            Fault(faults, NoSuchPort(tree, $"{path}.{name}"));
        }
    }

    private static string GivenTwice(string path, string name, Port port) =>
        $"{path}.{name}: {(name == port.Name ? "it" : $"the port '{port.Name}'")} is given twice.";

    /// <summary>The ports are sound each for itself: now the record as a whole.</summary>
    private bool VisitWhole(
        PortTree tree,
        JsonElement json,
        string path,
        List<string> faults,
        Exception? error,
        object? owner)
    {
        var whole = owner;
        if (!tree.IsPartial)
        {
            error ??= Try(() => tree.Read(json), out whole);
        }

        if (error is not null)
        {
            return Fault(faults, ValueFault.Of(tree, json, path, error));
        }

        if (whole is not null)
        {
            PortRules.RunAcross(tree, whole, path, faults);
        }

        return true;
    }

    private bool VisitPort(PortTree tree, Port port, JsonElement? given, string path, List<string> faults)
    {
        if (given is not { } json)
        {
            return port.IsRequired
                ? Fault(faults, $"{path}: a value is required.")
                : VisitDefault(tree, port, path, faults);
        }

        return !port.IsSettable || VisitGiven(port, json, path, faults);
    }

    private bool VisitGiven(Port port, JsonElement json, string path, List<string> faults) =>
        json.ValueKind == JsonValueKind.Null && !port.TakesOwnNull
            ? port.IsNullable || Fault(faults, $"{path}: null is not allowed.")
            : Visit(port.Tree, json, path, faults);

    /// <summary>
    /// What is exposed in a namespace is required also when the namespace is not given, unless that is null then.
    /// </summary>
    private bool VisitDefault(PortTree tree, Port port, string path, List<string> faults)
    {
        // A default that is refused by itself is a fault at start-up.
        if (port.Tree.IsPlain || PortDefaults.Of(tree).Find(port) is not { IsComputed: false, Json: { } text })
        {
            return true;
        }

        using var value = JsonDocument.Parse(text);
        return value.RootElement.ValueKind == JsonValueKind.Null || Visit(port.Tree, value.RootElement, path, faults);
    }

    private bool VisitExposed(PortTree tree, JsonElement json, string path, List<string> faults)
    {
        var sound = true;
        foreach (var child in tree.Exposed)
        {
            var given = GivenPorts.Of(child, json);
            using var own = JsonDocument.Parse(given.Write(sound: null));
            sound &= Visit(child, own.RootElement, path, faults);
            foreach (var (name, port) in given.Again)
            {
                sound = Fault(faults, GivenTwice(path, name, port));
            }
        }

        if (!tree.TakesOtherNames)
        {
            foreach (
                var entry in json.EnumerateObject()
                    .Where(entry => !tree.Exposed.Any(child => GivenPorts.Match(child, entry.Name) >= 0)))
            {
                sound = Fault(faults, NoSuchPort(tree, $"{path}.{entry.Name}"));
            }
        }

        return sound;
    }

    private bool VisitEach(
        PortTree tree,
        JsonElement json,
        string path,
        List<string> faults,
        Exception? error,
        IEnumerable<(JsonElement Value, string Path)> items)
    {
        var sound = true;
        var before = faults.Count;
        foreach (var item in items)
        {
            sound &= item.Value.ValueKind == JsonValueKind.Null && !tree.TakesNullItems && !tree.Item!.ReadsItsOwnWay
                ? Fault(faults, $"{item.Path}: null is not allowed.")
                : Visit(tree.Item!, item.Value, item.Path, faults);
        }

        if (error is not null && tree.Kind == PortKind.DynamicNamespace)
        {
            FaultsOfKeys(tree, json, path, faults, [.. faults.Skip(before)]);
        }

        sound &= faults.Count == before;
        return sound && error is not null ? Fault(faults, ValueFault.Of(tree, json, path, error)) : sound;
    }

    /// <summary>
    /// An entry that cannot be read although there is nothing to say of its value has a name that is none of the keys'
    /// type.
    /// </summary>
    private void FaultsOfKeys(PortTree tree, JsonElement json, string path, List<string> faults, List<string> known)
    {
        foreach (var entry in json.EnumerateObject())
        {
            if (_left <= 0)
            {
                return;
            }

            var own = $"{path}.{entry.Name}";
            if (known.Exists(fault => fault.StartsWith(own, StringComparison.Ordinal)))
            {
                continue;
            }

            var alone = JsonSerializer.SerializeToElement(
                new JsonObject { [entry.Name] = JsonNode.Parse(entry.Value.GetRawText()) });
            if (Try(() => tree.Read(alone), out _) is { } error)
            {
                Fault(faults, ValueFault.Of(tree, alone, path, error));
            }
        }
    }

    private static object? Alone(Port port, JsonElement json)
    {
        Try(() => port.Tree.Read(json), out var value);
        return value;
    }

    private bool Fault(List<string> faults, string fault)
    {
        if (_left-- > 0)
        {
            faults.Add(fault);
        }

        return false;
    }
}
