using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace Orleans.Workflows.Silo.Hosting;

/// <summary>Finds values of the configuration that can be read, but as something else than anybody means.</summary>
internal static class SiloValues
{
    /// <summary>Checks a value.</summary>
    /// <param name="option">The option's key and value.</param>
    /// <param name="options">The options that it is one of.</param>
    /// <returns>What is wrong and what to set; null for nothing that the binder would not find.</returns>
    public static string? FaultOf(IConfigurationSection option, Type options)
    {
        const BindingFlags AnyCase = BindingFlags.Instance | BindingFlags.Public | BindingFlags.IgnoreCase;
        var declared = options.GetProperty(option.Key, AnyCase)!.PropertyType;
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        return option.Value is not { Length: > 0 } text ? null
            : type.IsEnum ? FaultOfName(option.Path, text, type)
            : type == typeof(TimeSpan) ? FaultOfTime(option.Path, text)
            : type == typeof(int) || type == typeof(long) ? FaultOfNumber(option.Path, text)
            : null;
    }

    // A number that no name has would be taken, and each switch over the names would do with it whatever comes last.
    private static string? FaultOfName(string path, string text, Type type)
    {
        var names = Enum.GetNames(type);
        var areSeveral = type.IsDefined(typeof(FlagsAttribute), inherit: false);
        string[] given = areSeveral ? text.Split(',', StringSplitOptions.TrimEntries) : [text.Trim()];
        return given.All(name => names.Contains(name, StringComparer.OrdinalIgnoreCase)) ? null
            : areSeveral ? $"{path} is '{text}'; it must be of {string.Join(", ", names)}."
            : $"{path} is '{text}'; it must be {string.Join(" or ", names)}.";
    }

    // A number alone is days.
    private static string? FaultOfTime(string path, string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
            ? $"{path} is '{text}', which has no unit and would be days. Write hours:minutes:seconds, as in " +
                "00:00:30, or days before a full stop, as in 1.00:00:00."
            : null;

    // '#10', '&h10' and '0x10' are 16 to the binder.
    private static string? FaultOfNumber(string path, string text) =>
        text.Trim() is ['#' or '&', ..] or ['0', 'x' or 'X', ..]
            ? $"{path} is '{text}', which cannot be read: it must be a whole number, in decimal digits."
            : null;
}
