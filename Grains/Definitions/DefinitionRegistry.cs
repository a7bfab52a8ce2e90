using System.Collections.Frozen;

namespace Orleans.Workflows.Grains.Definitions;

/// <summary>The process types that a silo can run.</summary>
internal sealed class DefinitionRegistry
{
    private readonly FrozenDictionary<string, ProcessDefinition> _byName;

    /// <summary>Makes the registry of definitions that are all sound.</summary>
    /// <param name="definitions">The definitions, each name once.</param>
    public DefinitionRegistry(IEnumerable<ProcessDefinition> definitions) =>
        _byName = definitions.ToFrozenDictionary(definition => definition.Name, StringComparer.Ordinal);

    /// <summary>The names of the process types, in no order.</summary>
    public IReadOnlyCollection<string> Names => _byName.Keys;

    /// <summary>Finds a definition.</summary>
    /// <returns>The definition; null when this silo does not know it.</returns>
    public ProcessDefinition? Find(string name) => _byName.GetValueOrDefault(name);
}
