using System.CommandLine.Parsing;

namespace Orleans.Workflows.Cli.Reading;

/// <summary>Turns a parser that throws into one that reports wrong usage.</summary>
internal static class Parsed
{
    /// <summary>For an option or argument with one value.</summary>
    /// <typeparam name="T">The value.</typeparam>
    /// <param name="parse">
    /// Reads it; throws a <see cref="FormatException"/> or <see cref="ArgumentException"/> that says what is legal.
    /// </param>
    public static Func<ArgumentResult, T?> One<T>(Func<string, T> parse) => result =>
    {
        try
        {
            return parse(result.Tokens[0].Value);
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            result.AddError(FaultText.Of(e));
            return default;
        }
    };

    /// <summary>For an option that can be repeated.</summary>
    /// <typeparam name="T">One value.</typeparam>
    public static Func<ArgumentResult, T[]> All<T>(Func<string, T> parse) => result =>
    {
        try
        {
            return [.. result.Tokens.Select(token => parse(token.Value))];
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            result.AddError(FaultText.Of(e));
            return [];
        }
    };

    /// <summary>Reports a fault unless a rule is kept.</summary>
    public static void Check(SymbolResult result, bool kept, string fault)
    {
        if (!kept)
        {
            result.AddError(fault);
        }
    }
}
