using System.Globalization;

namespace Orleans.Workflows.Grains.Gateway;

/// <summary>The key of a definition's grain: so each version has a grain of its own.</summary>
/// <param name="Type">The process type.</param>
/// <param name="Version">The definition's version.</param>
internal readonly record struct DefinitionKey(string Type, int Version)
{
    /// <summary>The key as the grain has it.</summary>
    public string Value => string.Create(CultureInfo.InvariantCulture, $"{Version}/{Type}");

    /// <summary>Reads the key of a grain.</summary>
    public static DefinitionKey Of(string value)
    {
        var slash = value.IndexOf('/', StringComparison.Ordinal);
        return new DefinitionKey(value[(slash + 1)..], int.Parse(value.AsSpan(0, slash), CultureInfo.InvariantCulture));
    }
}
