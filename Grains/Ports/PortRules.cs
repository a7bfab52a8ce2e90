using System.ComponentModel.DataAnnotations;
using System.Reflection;

namespace Orleans.Workflows.Grains.Ports;

/// <summary>Runs the validators that a record has: the one place that does.</summary>
internal static class PortRules
{
    /// <summary>Runs the validators of one port.</summary>
    /// <param name="port">The port.</param>
    /// <param name="value">Its value.</param>
    /// <param name="owner">The record, at least with the ports that are well-formed; null when there is none.</param>
    /// <param name="path">The port's path.</param>
    /// <param name="faults">Where faults go.</param>
    public static void Run(Port port, object? value, object? owner, string path, List<string> faults)
    {
        if (port.Rules.Length == 0)
        {
            return;
        }

        var context = new ValidationContext(owner ?? new object())
        {
            MemberName = port.Member,
            DisplayName = port.Member,
        };
        foreach (var rule in port.Rules)
        {
            if (owner is null && rule is CompareAttribute)
            {
                continue;
            }

            try
            {
                if (rule.GetValidationResult(value, context) is { } fault)
                {
                    faults.Add($"{path}: {fault.ErrorMessage}");
                }
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                // The validator's own code has thrown; the others still run.
                faults.Add($"{path}: {MessageOf(e)}");
            }
        }
    }

    /// <summary>Runs the validators of a whole record.</summary>
    public static void RunAcross(PortTree tree, object value, string path, List<string> faults)
    {
        if (tree.Rules.Length == 0 && !tree.ChecksItself)
        {
            return;
        }

        var context = new ValidationContext(value);
        foreach (var rule in tree.Rules)
        {
            Add(() => [rule.GetValidationResult(value, context)]);
        }

        if (value is IValidatableObject across)
        {
            Add(() => across.Validate(context));
        }

        void Add(Func<IEnumerable<ValidationResult?>?> results)
        {
            try
            {
                foreach (var result in results() ?? [])
                {
                    if (result is not null)
                    {
                        faults.Add($"{path}{MemberOf(tree, result)}: {result.ErrorMessage}");
                    }
                }
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                // The validator's own code has thrown; the others still run.
                faults.Add($"{path}: {MessageOf(e)}");
            }
        }
    }

    /// <summary>Says why a type's or a validator's own code has refused a value.</summary>
    public static string MessageOf(Exception exception) =>
        exception is TargetInvocationException or TypeInitializationException && exception.InnerException is { } inner
            ? MessageOf(inner)
            : exception.Message;

    private static string MemberOf(PortTree tree, ValidationResult result)
    {
        var member = result.MemberNames?.FirstOrDefault();
        return string.IsNullOrEmpty(member)
            ? ""
            : "." + (tree.Ports.FirstOrDefault(port => port.Member == member)?.Name ?? Camel(member));
    }

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
