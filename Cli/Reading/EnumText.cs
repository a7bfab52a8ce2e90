using System.CommandLine;

namespace Orleans.Workflows.Cli.Reading;

/// <summary>Reads values that have names.</summary>
internal static class EnumText
{
    /// <summary>Reads a name, in any case.</summary>
    /// <typeparam name="T">What it names.</typeparam>
    /// <exception cref="FormatException">There is no such name; which there are, and which may be meant.</exception>
    public static T Parse<T>(string text)
        where T : struct, Enum
    {
        var names = Enum.GetNames<T>();
        if (Array.Find(names, name => name.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } found)
        {
            return Enum.Parse<T>(found);
        }

        var meant = Nearest.To(text, names) is { } near ? $" Did you mean '{near}'?" : "";
        throw new FormatException($"There is no '{text}'.{meant} There are: {string.Join(", ", names)}.");
    }

    /// <summary>Offers the names to a shell that completes words.</summary>
    /// <typeparam name="T">What they name.</typeparam>
    public static void Complete<T>(Option option)
        where T : struct, Enum => option.CompletionSources.Add(Enum.GetNames<T>());
}
