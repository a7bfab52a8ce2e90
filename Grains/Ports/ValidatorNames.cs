using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace Orleans.Workflows.Grains.Ports;

/// <summary>Says in a few words what validators check.</summary>
internal static class ValidatorNames
{
    /// <summary>Names what checks a record as a whole.</summary>
    public static IReadOnlyList<string> Of(PortTree tree) =>
        [.. Of(tree.Rules), .. tree.ChecksItself ? ["checks itself"] : Array.Empty<string>()];

    /// <summary>Names the validators of a port.</summary>
    /// <returns>Such as <c>Range 1..10</c>.</returns>
    public static IEnumerable<string> Of(IEnumerable<ValidationAttribute> rules) =>
        rules.Select(static rule =>
        {
            var name = rule.GetType().Name;
            return string.Create(
                    CultureInfo.InvariantCulture,
                    $"{(name.EndsWith(nameof(Attribute), StringComparison.Ordinal) ? name[..^9] : name)} "
                    + $"{DetailOf(rule)}")
                .TrimEnd();
        });

    private static string DetailOf(ValidationAttribute rule) =>
        rule switch
        {
            RangeAttribute range => Invariant(
                $"{(range.MinimumIsExclusive ? "more than " : "")}{range.Minimum}..{(range.MaximumIsExclusive ? "less than " : "")}{range.Maximum}"
            ),
            StringLengthAttribute { MinimumLength: 0 } length => Invariant($"{length.MaximumLength}"),
            StringLengthAttribute length => Invariant($"{length.MinimumLength}..{length.MaximumLength}"),
            LengthAttribute length => Invariant($"{length.MinimumLength}..{length.MaximumLength}"),
            MinLengthAttribute length => Invariant($"{length.Length}"),
            MaxLengthAttribute length => Invariant($"{length.Length}"),
            RegularExpressionAttribute regex => regex.Pattern,
            CompareAttribute compare => compare.OtherProperty,
            AllowedValuesAttribute allowed => string.Join(", ", allowed.Values),
            DeniedValuesAttribute denied => string.Join(", ", denied.Values),
            _ => "",
        };

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
