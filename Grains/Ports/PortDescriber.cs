namespace Orleans.Workflows.Grains.Ports;

/// <summary>Describes ports for people and tools.</summary>
internal sealed class PortDescriber
{
    /// <summary>
    /// What is on the way from the top: what comes again is not opened again. Two namespaces of one type need not have
    /// the same ports.
    /// </summary>
    private readonly HashSet<PortTree> _open = [];

    /// <summary>Describes all ports of a tree together.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="name">What they are called: 'inputs', 'outputs'.</param>
    public PortDescription Describe(PortTree tree, string name) =>
        Fill(
            new PortDescription
            {
                Name = name,
                Path = "",
                Kind = KindOf(tree),
                Type = TypeNames.Of(tree.Type),
                Required = true,
                Validators = ValidatorNames.Of(tree),
            },
            tree);

    private static PortKind KindOf(PortTree tree) =>
        tree.Exposed.Count > 0 && !tree.TakesOtherNames ? PortKind.Namespace : tree.Kind;

    private PortDescription Fill(PortDescription port, PortTree tree)
    {
        if (!_open.Add(tree))
        {
            return port;
        }

        var prefix = port.Path.Length == 0 ? "" : $"{port.Path}.";
        var spaces = tree.Exposed.Prepend(tree).Where(static space => space.Kind == PortKind.Namespace);
        var filled = port with
        {
            Children = [.. spaces.SelectMany(space => space.Ports.Select(child => OfPort(space, child, prefix)))],
            Item =
                tree.Item is { } item && tree.Exposed.Count == 0
                    ? OfItem(item, port.Kind == PortKind.List ? $"{port.Path}[*]" : $"{prefix}*")
                    : null,
        };
        _open.Remove(tree);
        return filled;
    }

    private PortDescription OfPort(PortTree owner, Port port, string prefix)
    {
        var isDefault = PortDefaults.Of(owner).Find(port);
        var isRequired = PortDefaults.Of(owner).IsNeeded(port);
        var described = new PortDescription
        {
            Name = port.Name,
            Path = prefix + port.Name,
            Kind = KindOf(port.Tree),
            Type = TypeNames.Of(port.Type) + (port.IsNullable && !port.Type.IsValueType ? "?" : ""),
            Required = isRequired,
            Default = isRequired ? null : isDefault?.Json,
            DefaultIsComputed = isDefault?.IsComputed == true,
            Help = port.Help,
            Validators = [.. ValidatorNames.Of(port.Rules), .. ValidatorNames.Of(port.Tree)],
        };
        return Fill(described, port.Tree);
    }

    private PortDescription OfItem(PortTree item, string path) =>
        Fill(
            new PortDescription
            {
                Name = "*",
                Path = path,
                Kind = KindOf(item),
                Type = TypeNames.Of(item.Type),
                Required = false,
                Validators = ValidatorNames.Of(item),
            },
            item);
}
