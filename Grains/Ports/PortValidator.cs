using System.Collections;
using System.Runtime.CompilerServices;

namespace Orleans.Workflows.Grains.Ports;

/// <summary>
/// Runs the validators of ports on a value that could be read, nested records and collections included.
/// </summary>
internal static class PortValidator
{
    private const int MaxObjects = 1_000_000;

    /// <summary>Finds every fault at once.</summary>
    /// <param name="value">The ports' record.</param>
    /// <param name="declared">What it should be.</param>
    /// <param name="path">What the ports are called: 'inputs', 'outputs'.</param>
    /// <returns>The faults, each with its path, in the order of the properties; empty when there is none.</returns>
    public static IReadOnlyList<string> Validate(object? value, PortTree declared, string path)
    {
        var faults = new List<string>();
        Validate(value, declared, path, faults);
        return faults;
    }

    /// <summary>Finds every fault at once.</summary>
    /// <param name="value">The ports' record.</param>
    /// <param name="declared">What it should be.</param>
    /// <param name="path">What the ports are called: 'inputs', 'outputs'.</param>
    /// <param name="faults">Where faults go.</param>
    public static void Validate(object? value, PortTree declared, string path, List<string> faults)
    {
        if (value is null)
        {
            faults.Add($"{path}: a value is required.");
        }
        else
        {
            Visit(value, declared, path, faults, new HashSet<object>(ReferenceEqualityComparer.Instance));
        }
    }

    private static void Visit(object value, PortTree declared, string path, List<string> faults, HashSet<object> seen)
    {
        if (PortTree.IsLeaf(value.GetType()))
        {
            if (value is Enum && !DeclaredEnums.IsDeclared(value))
            {
                faults.Add($"{path}: {TypeNames.Expected(value.GetType())} is expected.");
            }

            return;
        }

        if (seen.Count > MaxObjects || !RuntimeHelpers.TryEnsureSufficientExecutionStack() || !seen.Add(value))
        {
            return;
        }

        var before = faults.Count;
        var tree = PortTree.Of(value.GetType());
        switch (tree.Kind)
        {
            case PortKind.List:
                VisitItems(value, declared.Kind == tree.Kind ? declared : tree, path, faults, seen);
                break;
            case PortKind.DynamicNamespace:
                VisitEntries(value, declared.Kind == tree.Kind ? declared : tree, path, faults, seen);
                break;
            default:
                foreach (var port in tree.Ports)
                {
                    VisitPort(value, port, path, faults, seen);
                }

                break;
        }

        if (faults.Count == before)
        {
            PortRules.RunAcross(tree, value, path, faults);
        }
    }

    private static void VisitItems(object list, PortTree tree, string path, List<string> faults, HashSet<object> seen)
    {
        var index = 0;
        foreach (var item in list as IEnumerable ?? Array.Empty<object>())
        {
            if (!IsSound(item, tree))
            {
                VisitItem(item, tree, $"{path}[{index}]", faults, seen);
            }

            index++;
        }
    }

    private static void VisitEntries(
        object entries,
        PortTree tree,
        string path,
        List<string> faults,
        HashSet<object> seen)
    {
        if (entries is IDictionary dictionary)
        {
            foreach (DictionaryEntry entry in dictionary)
            {
                VisitEntry(entry.Key, entry.Value);
            }

            return;
        }

        foreach (var pair in entries as IEnumerable ?? Array.Empty<object>())
        {
            var type = pair.GetType();
            VisitEntry(type.GetProperty("Key")?.GetValue(pair), type.GetProperty("Value")?.GetValue(pair));
        }

        void VisitEntry(object? key, object? value)
        {
            if (!IsSound(value, tree))
            {
                VisitItem(value, tree, $"{path}.{key}", faults, seen);
            }
        }
    }

    /// <summary>
    /// Whether there is nothing to say of an item, so that no path is made for it: a list may have a million numbers.
    /// </summary>
    private static bool IsSound(object? item, PortTree tree) =>
        item is null ? tree.TakesNullItems : item is not Enum && PortTree.IsLeaf(item.GetType());

    private static void VisitItem(object? item, PortTree tree, string path, List<string> faults, HashSet<object> seen)
    {
        if (item is null)
        {
            faults.Add($"{path}: null is not allowed.");
        }
        else
        {
            Visit(item, tree.Item!, path, faults, seen);
        }
    }

    private static void VisitPort(object owner, Port port, string path, List<string> faults, HashSet<object> seen)
    {
        if (!port.NeedsVisit)
        {
            return;
        }

        var own = $"{path}.{port.Name}";
        var value = port.ValueOf(owner);
        PortRules.Run(port, value, owner, own, faults);
        if (value is not null)
        {
            Visit(value, port.Tree, own, faults, seen);
        }
    }
}
