using System.Collections.Frozen;
using System.Text.Json;
using Orleans.Metadata;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Engine;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Grains.Definitions;

/// <summary>What a silo says that it can run, in its part of Orleans' manifest.</summary>
/// <param name="Versions">The versions of its definitions by the process type's name.</param>
/// <param name="Format">The latest format of a checkpoint that it reads.</param>
/// <param name="Kinds">The numbers of the kinds of messages that it knows.</param>
internal sealed record AnnouncedTypes(FrozenDictionary<string, int> Versions, int Format, FrozenSet<int> Kinds)
{
    /// <summary>
    /// What a silo counts as knowing that announces no kinds: those of the last version that announced none.
    /// </summary>
    private static readonly FrozenSet<int> FirstKinds = Enumerable.Range(1, 11).ToFrozenSet();

    /// <summary>
    /// The property of the process grain's type. Other silos read it: its name and shape stay (decision 17).
    /// </summary>
    public const string Property = "owf.types";

    /// <summary>The type of the process grain.</summary>
    public const string ProcessGrainType = "owf.process";

    /// <summary>Writes what a silo can run: the same text for the same types, whatever their order.</summary>
    public static string Write(DefinitionRegistry definitions)
    {
        var versions = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var name in definitions.Names)
        {
            versions[name] = definitions.Find(name)!.Version;
        }

        return JsonSerializer.Serialize(
            new
            {
                types = versions,
                format = Checkpoint.CurrentFormat,
                kinds = MessageKinds.Known,
            });
    }

    /// <summary>Reads what a silo can run.</summary>
    public static AnnouncedTypes Read(string text)
    {
        using var document = JsonDocument.Parse(text);
        var versions = document.RootElement.GetProperty("types").EnumerateObject();
        var kinds = document.RootElement.TryGetProperty("kinds", out var announced)
            ? announced.EnumerateArray().Select(static kind => kind.GetInt32()).ToFrozenSet()
            : FirstKinds;
        return new AnnouncedTypes(
            versions.ToFrozenDictionary(
                static type => type.Name,
                static type => type.Value.GetInt32(),
                StringComparer.Ordinal),
            document.RootElement.GetProperty("format").GetInt32(),
            kinds);
    }

    /// <summary>Whether the silo can run a process.</summary>
    public bool Fit(NeededType needed, int format) =>
        Versions.TryGetValue(needed.Name, out var version) && version >= needed.Version && Format >= format;

    /// <summary>Whether the silo can take a message in, and go on with what it makes of a process.</summary>
    public bool Knows(MessageKind kind) =>
        Kinds.Contains((int)kind) && (kind != MessageKind.EditInput || Format >= Checkpoint.FormatOfInput);

    /// <summary>Puts it into the manifest of this silo, from where Orleans takes it to all others.</summary>
    internal sealed class Provider(DefinitionRegistry definitions) : IGrainPropertiesProvider
    {
        /// <inheritdoc/>
        public void Populate(Type grainClass, GrainType grainType, Dictionary<string, string> properties)
        {
            if (grainType.ToString() == ProcessGrainType)
            {
                properties[Property] = Write(definitions);
            }
        }
    }
}
