namespace Orleans.Workflows.CrashHost.Storm.Faults;

/// <summary>
/// The faults of a storm in their order: drawn from the seed, and none is drawn again before each was.
/// </summary>
public static class FaultSchedule
{
    /// <summary>The kinds that need a network of the storm's own.</summary>
    public static IReadOnlyList<FaultKind> OfNetwork { get; } =
    [FaultKind.CutFromSilos, FaultKind.CutFromDatabase, FaultKind.CutOff];

    /// <summary>
    /// The kinds that come by the schedule. Kills of silos are not among them: they come all the time beside them.
    /// </summary>
    /// <param name="network">Whether networks can be cut.</param>
    /// <param name="longFreezes">Whether there is the time for freezes of minutes.</param>
    /// <returns>The kinds.</returns>
    public static IReadOnlyList<FaultKind> Kinds(bool network, bool longFreezes) =>
    [
        .. Enum.GetValues<FaultKind>().Where(kind => kind is not FaultKind.KillSilo
            && (network || !OfNetwork.Contains(kind)) && (longFreezes || kind is not FaultKind.FreezeLong)),
    ];

    /// <summary>Draws faults without end.</summary>
    /// <param name="random">Draws.</param>
    /// <param name="kinds">Of which kinds.</param>
    /// <returns>The faults.</returns>
    public static IEnumerable<FaultKind> Draw(Random random, IReadOnlyList<FaultKind> kinds)
    {
        ArgumentNullException.ThrowIfNull(random);
        var drawn = kinds.ToArray();
        while (true)
        {
            random.Shuffle(drawn);
            foreach (var kind in drawn)
            {
                yield return kind;
            }
        }
    }
}
