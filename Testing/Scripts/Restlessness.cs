using System.Globalization;

namespace Orleans.Workflows.Testing;

/// <summary>
/// Knows what moves on and on: an outline that goes round for ever would be waited for in silence, since it moves.
/// </summary>
internal sealed class Restlessness
{
    /// <summary>More commits than a test's process makes at one go.</summary>
    private const int Many = 1_000;

    /// <summary>The same of one whose steps take long.</summary>
    private const int Several = 100;

    private readonly Dictionary<ProcessId, long> _versions = [];
    private long _since;

    /// <summary>Begins anew: all rested, or something was done that makes them move.</summary>
    public void Begin()
    {
        _versions.Clear();
        _since = TimeProvider.System.GetTimestamp();
    }

    /// <summary>Looks at what lives.</summary>
    /// <param name="live">What lives.</param>
    /// <param name="patience">After as long a process that has made many commits is one that does not rest.</param>
    /// <param name="longest">After as long also one that has made several.</param>
    /// <returns>What to say of one that does not come to rest; null for none.</returns>
    public string? TextOf(Dictionary<ProcessId, ProcessSummary> live, TimeSpan patience, TimeSpan longest)
    {
        var elapsed = TimeProvider.System.GetElapsedTime(_since);
        var most = elapsed > longest ? Several : elapsed > patience ? Many : long.MaxValue;
        foreach (var row in live.Values)
        {
            _versions.TryAdd(row.Id, row.Version);
            if (row.Version - _versions[row.Id] is var commits && commits >= most)
            {
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"The process {row.Id} ({row.Type}) does not come to rest: it has committed {commits:N0} steps in "
                    + $"{elapsed.TotalSeconds:0.#} s of real time. If its outline goes round for ever, have it wait in "
                    + $"each round, by WaitFor or Delay, or wait for what you need with handle.UntilAsync(…) instead; "
                    + $"if it has so much to do, give it longer with WorkflowTestClusterBuilder.WithStepPatience(…).");
            }
        }

        return null;
    }
}
