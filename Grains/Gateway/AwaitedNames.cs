using System.Collections.Concurrent;
using System.Collections.Frozen;
using Orleans.Workflows.Grains.Definitions;

namespace Orleans.Workflows.Grains.Gateway;

/// <summary>
/// Finds signals that no definition of the cluster waits for: a slip of the pen, of which their sender would not hear.
/// </summary>
/// <param name="definitions">The definitions of this silo.</param>
/// <param name="types">What all silos can run.</param>
/// <param name="elsewhere">Answers for definitions that this silo does not have.</param>
internal sealed class AwaitedNames(DefinitionRegistry definitions, ClusterTypes types, ClusterDefinitions elsewhere)
{
    /// <summary>What a silo runs never changes, so each is asked once.</summary>
    private readonly ConcurrentDictionary<(SiloAddress Silo, string Type), IReadOnlySet<string>> _known = [];

    /// <summary>Names what a process can wait for, when a signal is none of it.</summary>
    /// <returns>
    /// All names, in their order; null when the signal's is one of them, and when they cannot be known: of a step
    /// machine, while live silos have several versions, and when a silo does not answer.
    /// </returns>
    public ValueTask<IReadOnlyList<string>?> WithoutAsync(string type, string signal) =>
        definitions.Find(type) is { } here && here.Signals?.Contains(signal) != false
            ? ValueTask.FromResult<IReadOnlyList<string>?>(null)
            : LookAsync(type, signal);

    private async ValueTask<IReadOnlyList<string>?> LookAsync(string type, string signal)
    {
        var silos = types.Current.Silos;
        var able = silos.Where(silo => silo.Types?.Versions.ContainsKey(type) == true).ToList();
        if (silos.Any(static silo => silo.Types is null)
            || able.Select(silo => silo.Types!.Versions[type]).Distinct().Count() != 1)
        {
            return null;
        }

        var version = able[0].Types!.Versions[type];
        var names = definitions.Find(type) is { } here && here.Version == version
            ? here.Signals
            : await AskAsync(able[0].Address, type, version);
        return names?.Contains(signal) == false ? [.. names.Order(StringComparer.Ordinal)] : null;
    }

    private async Task<IReadOnlySet<string>?> AskAsync(SiloAddress silo, string type, int version)
    {
        if (!_known.TryGetValue((silo, type), out var names)
            && await elsewhere.SignalsOfAsync(type, version) is { } told)
        {
            _known[(silo, type)] = names = told.ToFrozenSet(StringComparer.Ordinal);
        }

        return names;
    }
}
