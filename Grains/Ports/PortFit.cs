namespace Orleans.Workflows.Grains.Ports;

/// <summary>
/// Finds out whether values that are written as one record can be read as another: names, what is needed, and whether a
/// value is text, a number, a list. What only values can tell is left to them.
/// </summary>
internal sealed class PortFit
{
    private readonly HashSet<(PortTree, PortTree)> _open = [];
    private readonly List<string> _faults = [];
    private readonly bool _isInput;

    private PortFit(bool isInput) => _isInput = isInput;

    private string Writer => _isInput ? "the contract" : "the definition";

    private string Reader => _isInput ? "the definition" : "the contract";

    /// <summary>Compares what callers give with what a definition takes.</summary>
    /// <returns>What does not fit, each with its path.</returns>
    public static IReadOnlyList<string> OfInputs(PortTree contract, PortTree definition) =>
        new PortFit(isInput: true).Of(contract, definition, "inputs");

    /// <summary>Compares what a definition gives with what callers take. They may leave outputs aside.</summary>
    /// <returns>What does not fit, each with its path.</returns>
    public static IReadOnlyList<string> OfOutputs(PortTree definition, PortTree contract) =>
        new PortFit(isInput: false).Of(definition, contract, "outputs");

    private List<string> Of(PortTree written, PortTree read, string path)
    {
        Compare(written, read, path);
        return _faults;
    }

    private void Compare(PortTree written, PortTree read, string path)
    {
        // A record that contains itself is compared once.
        if (written.Type == read.Type || !_open.Add((written, read)) || MayBeAnything(written) || MayBeAnything(read))
        {
            return;
        }

        switch (written.Kind, read.Kind)
        {
            case (PortKind.Namespace, PortKind.Namespace):
            case (PortKind.Namespace, PortKind.DynamicNamespace) when read.Exposed.Count > 0:
                ComparePorts(written, read, path);
                break;
            case (PortKind.Namespace, PortKind.DynamicNamespace):
                foreach (var port in written.Ports)
                {
                    Compare(port, read.Item!, $"{path}.{port.Name}");
                }

                break;
            case (PortKind.DynamicNamespace, PortKind.Namespace):
                // Which names there will be only the values tell.
                break;
            case (PortKind.List, PortKind.List):
            case (PortKind.DynamicNamespace, PortKind.DynamicNamespace)
                when written.Item is not null && read.Item is not null:
                Compare(written.Item!, read.Item!, written.Kind == PortKind.List ? $"{path}[*]" : $"{path}.*");
                break;
            default:
                CompareWords(written, read, path);
                break;
        }
    }

    private void ComparePorts(PortTree written, PortTree read, string path)
    {
        foreach (var port in written.Ports)
        {
            if (Find(read, port.Name) is { } taken)
            {
                Compare(port, taken, $"{path}.{port.Name}");
            }
            else if (_isInput && !read.TakesOtherNames)
            {
                _faults.Add($"{path}.{port.Name}: {Writer} has it, and {Reader} has no such port");
            }
        }

        // An output that the definition never gives would be the default for ever.
        var wanted = _isInput
            ? read.Ports.Where(PortDefaults.Of(read).IsNeeded)
            : read.Ports.Where(static port => port.IsSettable);
        foreach (var port in wanted.Where(port => Find(written, port.Name) is null && !written.TakesOtherNames))
        {
            _faults.Add($"{path}.{port.Name}: {Reader} has it, and {Writer} has no such port");
        }
    }

    private void Compare(Port written, Port read, string path)
    {
        // One that is written or read in a way of its own may be anything.
        if (read.Options is null)
        {
            Compare(written, read.Tree, path);
        }
    }

    private void Compare(Port written, PortTree read, string path)
    {
        if (written.Options is null)
        {
            Compare(written.Tree, read, path);
        }
    }

    private void CompareWords(PortTree written, PortTree read, string path)
    {
        if (WordOf(written) is var given && WordOf(read) is var taken && given != taken)
        {
            _faults.Add($"{path}: {Writer} has {given}, and {Reader} has {taken}");
        }
    }

    /// <summary>Payloads are read whatever the case of their names.</summary>
    private static Port? Find(PortTree tree, string name) =>
        tree.Find(name)
        ?? tree.Ports.FirstOrDefault(port => string.Equals(port.Name, name, StringComparison.OrdinalIgnoreCase));

    private static bool MayBeAnything(PortTree tree) => tree.ReadsItsOwnWay || WordOf(tree) is null;

    private static string? WordOf(PortTree tree) => tree.Kind switch
    {
        PortKind.List => "a list",
        PortKind.Namespace or PortKind.DynamicNamespace => "ports of its own",
        PortKind.Value => WordOf(tree.Type),
        _ => null,
    };

    private static string? WordOf(Type type) => Type.GetTypeCode(type) switch
    {
        _ when type.IsEnum => "text",
        TypeCode.Boolean => "true or false",
        TypeCode.String or TypeCode.Char or TypeCode.DateTime => "text",
        >= TypeCode.SByte and <= TypeCode.Decimal => "a number",
        _ when type == typeof(Guid) || type == typeof(Uri) || type == typeof(byte[]) || type == typeof(DateTimeOffset)
            || type == typeof(DateOnly) || type == typeof(TimeOnly) || type == typeof(TimeSpan) => "text",
        _ => null,
    };
}
