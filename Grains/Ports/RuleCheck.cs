using System.Collections;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.RegularExpressions;
using Orleans.Workflows.Linked;

namespace Orleans.Workflows.Grains.Ports;

/// <summary>
/// Finds validators that cannot work: those that throw of whatever they get, and those that refuse every value of their
/// port. Without this the first start would say it.
/// </summary>
internal static class RuleCheck
{
    /// <summary>Finds what is wrong with the validators of a port.</summary>
    /// <returns>What is wrong with each that is, without the path.</returns>
    public static IEnumerable<string> FaultsOf(Port port, Type owner) =>
        from rule in port.Rules
        let why = FaultOf(rule, port) ?? (IsOfPlatform(rule) ? Misfit(rule, port, owner) : null)
        where why is not null
        select $"its [{ValidatorNames.Of([rule]).First()}] {Sentence.Ended(why)}";

    /// <summary>
    /// Whatever it gets, it throws: its own settings are wrong. A validator of one's own may throw of null, which is
    /// its affair.
    /// </summary>
    private static string? FaultOf(ValidationAttribute rule, Port port)
    {
        try
        {
            rule.FormatErrorMessage(port.Member);
            rule.GetValidationResult(
                null,
                new ValidationContext(new object()) { MemberName = port.Member, DisplayName = port.Member });
            return null;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            var thrower = e.TargetSite?.DeclaringType?.Assembly;
            return
                IsOfPlatform(rule)
                || thrower == typeof(ValidationAttribute).Assembly
                || thrower == typeof(Regex).Assembly
                ? $"cannot work: {PortRules.MessageOf(e)}"
                : null;
        }
    }

    private static bool IsOfPlatform(ValidationAttribute rule) =>
        rule.GetType().Assembly == typeof(ValidationAttribute).Assembly;

    private static string? Misfit(ValidationAttribute rule, Port port, Type owner)
    {
        var type = Nullable.GetUnderlyingType(port.Type) ?? port.Type;
        if (type.IsInterface && port.Tree.Kind is PortKind.Value)
        {
            // What comes is for a converter to say.
            return null;
        }

        // What is declared as any object is read as JSON.
        type = type == typeof(object) ? typeof(JsonElement) : type;
        var name = TypeNames.Of(type);
        return rule switch
        {
            RangeAttribute range when !CanCompare(range.OperandType, type) =>
                $"can compare no {name}: give bounds of that type, [Range(typeof({name}), \"…\", \"…\")], "
                + "or check it in another way",
            StringLengthAttribute or EmailAddressAttribute or PhoneAttribute or CreditCardAttribute
                or FileExtensionsAttribute or Base64StringAttribute when type != typeof(string) => IsForText(name),
            UrlAttribute when type != typeof(string) && type != typeof(Uri) => IsForText(name),
            MinLengthAttribute or MaxLengthAttribute or LengthAttribute when !HasLength(type, port.Tree) =>
                $"needs a text or a collection, and a {name} has no length: take it away, or take [Range] for a number",
            CompareAttribute compare when owner.GetProperty(compare.OtherProperty) is null =>
                $"names '{compare.OtherProperty}', which {TypeNames.Of(owner)} does not have",
            AllowedValuesAttribute allowed
                when !Array.Exists(allowed.Values, value => value is null || value.GetType() == type) =>
                $"allows no {name}: give values of that very type",
            _ => null,
        };
    }

    private static string IsForText(string type) =>
        $"is for text, and the port is a {type}: take it away, or check the value in another way";

    /// <summary>
    /// As the validator converts a value before it compares: a number by <see cref="IConvertible"/>, anything else by
    /// the bounds' converter.
    /// </summary>
    private static bool CanCompare(Type bounds, Type type) =>
        bounds == type
        || (
            bounds == typeof(int) || bounds == typeof(double)
                ? typeof(IConvertible).IsAssignableFrom(type)
                    && type != typeof(DateTime)
                    && (type != typeof(char) || bounds == typeof(int))
                : TypeDescriptor.GetConverter(bounds).CanConvertFrom(type));

    private static bool HasLength(Type type, PortTree tree) =>
        type == typeof(string) || type.IsArray || tree.Kind is PortKind.List or PortKind.DynamicNamespace
        || typeof(ICollection).IsAssignableFrom(type) || type.GetProperty("Count")?.PropertyType == typeof(int);
}
