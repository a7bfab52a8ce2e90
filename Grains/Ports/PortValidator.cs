using System.Collections;
using System.Runtime.CompilerServices;

namespace Orleans.Workflows.Grains.Ports;

/// <summary>Runs the validators of ports on a value that could be read, nested records and collections included.</summary>
internal static class PortValidator
{
    private const int MaxObjects = 1_000_000;

    /// <summary>Finds every fault at once.</summary>
    /// <param name="value">The ports' record.</param>
    /// <param name="path">What the ports are called: 'inputs', 'outputs'.</param>
    /// <returns>The faults, each with its path, in the order of the properties; empty when there is none.</returns>
    public static IReadOnlyList<string> Validate(object? value, string path)
    {
        var faults = new List<string>();
        Validate(value, path, faults);
        return faults;
    }

    /// <summary>Finds every fault at once.</summary>
    /// <param name="value">The ports' record.</param>
    /// <param name="path">What the ports are called: 'inputs', 'outputs'.</param>
    /// <param name="faults">Where faults go.</param>
    public static void Validate(object? value, string path, List<string> faults)
    {
        if (value is null)
        {
            faults.Add($"{path}: a value is required.");
        }
        else
        {
            Visit(value, path, faults, new HashSet<object>(ReferenceEqualityComparer.Instance));
        }
    }

    private static void Visit(object value, string path, List<string> faults, HashSet<object> seen)
    {
        if (PortTree.IsLeaf(value.GetType()) || seen.Count > MaxObjects || !RuntimeHelpers.TryEnsureSufficientExecutionStack() || !seen.Add(value))
        {
            return;
        }

        var before = faults.Count;
        var tree = PortTree.Of(value.GetType());
        switch (tree.Kind)
        {
            case Abstractions.PortKind.List:
                VisitItems(value, path, faults, seen);
                break;
            case Abstractions.PortKind.DynamicNamespace:
                VisitEntries(value, path, faults, seen);
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

    private static void VisitItems(object list, string path, List<string> faults, HashSet<object> seen)
    {
        var index = 0;
        foreach (var item in list as IEnumerable ?? Array.Empty<object>())
        {
            if (item is not null && !PortTree.IsLeaf(item.GetType()))
            {
                Visit(item, $"{path}[{index}]", faults, seen);
            }

            index++;
        }
    }

    private static void VisitEntries(object entries, string path, List<string> faults, HashSet<object> seen)
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
            if (value is not null && !PortTree.IsLeaf(value.GetType()))
            {
                Visit(value, $"{path}.{key}", faults, seen);
            }
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
            Visit(value, own, faults, seen);
        }
    }
}
