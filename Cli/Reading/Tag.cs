using System.CommandLine;

namespace Orleans.Workflows.Cli.Reading;

/// <summary>Reads tags.</summary>
internal static class Tag
{
    /// <summary>Makes the option for tags.</summary>
    /// <returns>The option, which can be repeated.</returns>
    public static Option<IReadOnlyDictionary<string, string>> CreateOption(string description) => new("--tag")
    {
        Description = description,
        HelpName = "KEY=VALUE",
        Arity = ArgumentArity.OneOrMore,
        CustomParser = static result =>
        {
            var tags = new Dictionary<string, string>();
            foreach (var (key, value) in Parsed.All(Parse)(result))
            {
                Parsed.Check(result, tags.TryAdd(key, value), $"The tag '{key}' is given twice.");
            }

            return tags;
        },
    };

    private static (string Key, string Value) Parse(string text) =>
        text.IndexOf('=', StringComparison.Ordinal) is > 0 and var at
            ? (text[..at], text[(at + 1)..])
            : throw new FormatException($"'{text}' is no tag: write KEY=VALUE.");
}
