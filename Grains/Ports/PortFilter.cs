using System.ComponentModel.DataAnnotations;
using System.Reflection;

namespace Orleans.Workflows.Grains.Ports;

/// <summary>
/// Chooses which of a child's ports are exposed, and sees that no validator misses a port that it needs.
/// </summary>
/// <param name="place">Where they are exposed, for the faults.</param>
/// <param name="faults">Where faults go.</param>
internal sealed class PortFilter(string place, List<string> faults)
{
    /// <summary>Chooses.</summary>
    /// <param name="child">The child's ports.</param>
    /// <param name="include">The paths of the only ports to expose; null for all.</param>
    /// <param name="exclude">The paths of ports not to expose; null for none.</param>
    /// <returns>What is exposed; the child's own tree when that is everything.</returns>
    public PortTree Choose(PortTree child, IReadOnlyCollection<string>? include, IReadOnlyCollection<string>? exclude)
    {
        if (include is not null && exclude is not null)
        {
            faults.Add($"the ports exposed at '{place}' are both included and excluded by name; do one of both");
        }

        if (include is { Count: 0 })
        {
            faults.Add($"none of the ports exposed at '{place}' is included; name some, or leave the list out for all");
        }

        foreach (var path in (include ?? []).Concat(exclude ?? []).Where(path => !Exists(child, path)))
        {
            faults.Add($"{TypeNames.Of(child.Type)} has no port '{path}' to expose at '{place}'");
        }

        if (faults.Count > 0)
        {
            return child;
        }

        return include is not null
            ? Keep(child, "", include, isInclude: true)
            : Keep(child, "", exclude ?? [], isInclude: false);
    }

    private static bool Exists(PortTree child, string path)
    {
        PortTree? tree = child;
        foreach (var name in path.Split('.'))
        {
            tree = tree?.Find(name)?.Tree;
        }

        return tree is not null;
    }

    private PortTree Keep(PortTree tree, string prefix, IReadOnlyCollection<string> paths, bool isInclude)
    {
        if (tree.Kind == PortKind.DynamicNamespace)
        {
            var exposed = tree.Exposed.Select(child => Keep(child, prefix, paths, isInclude)).ToList();
            return exposed.SequenceEqual(tree.Exposed)
                ? tree
                : tree.WithExposed([.. exposed.Where(static child => child.Ports.Count > 0)]);
        }

        var kept = new List<Port>();
        foreach (var port in tree.Ports)
        {
            var path = prefix + port.Name;
            if (paths.Contains(path) == isInclude && (isInclude || !HasBelow(paths, path)))
            {
                kept.Add(port);
            }
            else if (!paths.Contains(path) && HasBelow(paths, path))
            {
                var below = Keep(port.Tree, $"{path}.", paths, isInclude);
                kept.Add(below == port.Tree ? port : port.With(below));
            }
        }

        if (kept.SequenceEqual(tree.Ports))
        {
            return tree;
        }

        CheckValidators(tree, kept, prefix);
        return tree.WithSome(kept);
    }

    private static bool HasBelow(IReadOnlyCollection<string> paths, string path) =>
        paths.Any(other => other.StartsWith($"{path}.", StringComparison.Ordinal));

    private void CheckValidators(PortTree tree, List<Port> kept, string prefix)
    {
        var whole = kept.Intersect(tree.Ports).Select(static port => port.Member).ToHashSet();
        foreach (var port in kept)
        {
            foreach (
                var other in port
                    .Rules.OfType<CompareAttribute>()
                    .Select(static rule => rule.OtherProperty)
                    .Where(other => !whole.Contains(other)))
            {
                faults.Add(
                    $"the port '{prefix}{port.Name}' is compared with {other}, which is not exposed at '{place}'");
            }
        }

        if (tree.Rules.Length == 0 && !tree.ChecksItself)
        {
            return;
        }

        var name = TypeNames.Of(tree.Type);
        if (tree.Type.GetCustomAttribute<ValidatesPortsAttribute>() is not { } needs)
        {
            faults.Add(
                $"{name} checks its ports together, but not all are exposed at '{place}'; say with [ValidatesPorts] on "
                + "it which it needs");
            return;
        }

        foreach (var missing in needs.Ports.Where(need => !whole.Contains(need)))
        {
            faults.Add($"{name} checks its ports together and needs {missing}, which is not exposed at '{place}'");
        }
    }
}
