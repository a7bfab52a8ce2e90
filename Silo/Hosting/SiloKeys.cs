using Microsoft.Extensions.Configuration;

namespace Orleans.Workflows.Silo.Hosting;

/// <summary>
/// The keys of the configuration that a silo reads. Any other in its section is a mistake, which would be a default in
/// silence.
/// </summary>
internal static class SiloKeys
{
    /// <summary>The keys of all options, with their sections.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. typeof(WorkflowSiloOptions)
            .GetProperties()
            .Select(static option => $"{SiloConfiguration.Section}:{option.Name}"),
        .. typeof(WorkflowOptions)
            .GetProperties()
            .Select(static option => $"{SiloConfiguration.EngineSection}:{option.Name}"),
    ];

    /// <summary>Whether a key has keys below it instead of a value.</summary>
    public static bool IsSection(string path) =>
        path.Equals(SiloConfiguration.EngineSection, StringComparison.OrdinalIgnoreCase);

    /// <summary>Checks a key.</summary>
    /// <param name="key">The key, of one of the sections.</param>
    /// <returns>What is wrong, with the nearest key that there is; null when it is an option's.</returns>
    public static string? FaultOf(IConfigurationSection key)
    {
        if (!All.Contains(key.Path, StringComparer.OrdinalIgnoreCase))
        {
            var nearest = Nearest(key.Path);
            return $"{key.Path} is no option of a silo. The nearest is {nearest} "
                + $"({nearest.Replace(":", "__", StringComparison.Ordinal)} in the environment). Set that, or remove "
                + "it.";
        }

        return key.GetChildren().FirstOrDefault() is { } below
            ? $"{below.Path} is no option of a silo: {key.Path} is one value. Set that, and remove what is below it."
            : null;
    }

    /// <summary>Finds the option that was meant: its name may be misspelt, or in the wrong section.</summary>
    public static string Nearest(string path) =>
        NearestText.To(path, All, static key => key[(key.LastIndexOf(':') + 1)..]);
}
