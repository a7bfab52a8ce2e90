namespace Orleans.Workflows.CrashHost.Storm.Faults;

/// <summary>The faults of a storm in their order: drawn from the seed, and none is drawn again before each was.</summary>
public static class FaultSchedule
{
    /// <summary>The kinds that need a network of the storm's own.</summary>
    public static IReadOnlyList<FaultKind> OfNetwork { get; } = [FaultKind.CutFromSilos, FaultKind.CutFromDatabase, FaultKind.CutOff];

    /// <summary>Draws faults without end. Kills of silos are not among them: they come all the time beside them.</summary>
    /// <param name="random">Draws.</param>
    /// <param name="network">Whether networks can be cut.</param>
    /// <returns>The faults.</returns>
    public static IEnumerable<FaultKind> Draw(Random random, bool network)
    {
        ArgumentNullException.ThrowIfNull(random);
        var kinds = Enum.GetValues<FaultKind>().Where(kind => kind is not FaultKind.KillSilo && (network || !OfNetwork.Contains(kind))).ToArray();
        while (true)
        {
            random.Shuffle(kinds);
            foreach (var kind in kinds)
            {
                yield return kind;
            }
        }
    }
}
