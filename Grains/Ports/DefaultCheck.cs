using System.ComponentModel.DataAnnotations;

namespace Orleans.Workflows.Grains.Ports;

/// <summary>
/// Finds ports that refuse what they should take: whose attributes cannot be made or cannot work, or whose own default
/// they refuse.
/// </summary>
internal sealed class DefaultCheck(List<string> faults)
{
    private readonly HashSet<Type> _seen = [];

    /// <summary>Checks the defaults of a record, and of all that it can consist of.</summary>
    /// <param name="tree">The record's ports.</param>
    /// <param name="path">What they are called: 'inputs', 'outputs'.</param>
    public void Visit(PortTree tree, string path)
    {
        if (PortTree.IsLeaf(tree.Type) || !_seen.Add(tree.Type))
        {
            return;
        }

        if (tree.Item is { } item)
        {
            Visit(item, tree.Kind == PortKind.List ? $"{path}[*]" : $"{path}.*");
        }

        foreach (var port in tree.Kind == PortKind.Namespace ? tree.Ports : [])
        {
            var own = $"{path}.{port.Name}";
            faults.AddRange(
                (port.Fault is { } broken ? [broken] : RuleCheck.FaultsOf(port, tree.Type)).Select(fault =>
                    $"{own}: {fault}"));
            var defaults = PortDefaults.Of(tree);
            if (port.IsSettable && !defaults.AreOfSamples && !defaults.IsNeeded(port)
                && Fault(tree, port, own) is { } fault)
            {
                faults.Add(fault);
            }

            Visit(port.Tree, own);
        }
    }

    /// <summary>What is wrong with a default; with a computed one, what is wrong with it each time.</summary>
    private static string? Fault(PortTree tree, Port port, string path)
    {
        var found = PortDefaults.Of(tree).ValuesOf(port)
            .Select(made => (made.Value, Faults: FaultsOf(tree, port, made.Value, made.Owner, path))).ToList();
        if (found.Count == 0 || found.Any(static one => one.Faults.Count == 0))
        {
            return null;
        }

        var shown =
            PortDefaults.Of(tree).Find(port)?.Json is { Length: < 100 } json ? $" {json}"
            : found[0].Value is null ? " null"
            : "";
        var reasons = string.Join(' ', found[0].Faults).Replace($"{path}: ", "", StringComparison.Ordinal);
        return $"{path}: its default{shown} is refused by itself: {reasons} Give it another default, or make it "
            + "required.";
    }

    private static List<string> FaultsOf(PortTree tree, Port port, object? value, object? owner, string path)
    {
        var found = new List<string>();
        if (value is null && !port.IsNullable)
        {
            found.Add($"{path}: null is not allowed.");
            return found;
        }

        var isWhole = owner is not null && !tree.Ports.Any(static other => other.IsRequired);
        var context = new ValidationContext(isWhole ? owner! : new object())
        {
            MemberName = port.Member,
            DisplayName = port.Member,
        };
        foreach (
            var rule in port.Rules.Where(rule =>
                isWhole || rule is not CompareAttribute and { RequiresValidationContext: false }))
        {
            try
            {
                if (rule.GetValidationResult(value, context) is { } fault)
                {
                    found.Add($"{path}: {fault.ErrorMessage}");
                }
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                // It needs more than a record of defaults: a start will say it.
            }
        }

        try
        {
            PortDefaults.Write(value, port);
            if (value is not null)
            {
                PortValidator.Validate(value, port.Tree, path, found);
            }
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // It cannot be stored: a property's own code has thrown, or it holds no JSON.
            found.Add($"{path}: {PortRules.MessageOf(e)}");
        }

        return found;
    }
}
