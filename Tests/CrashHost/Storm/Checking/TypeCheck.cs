using Orleans.Workflows.CrashHost.Storm.Clients;

namespace Orleans.Workflows.CrashHost.Storm.Checking;

/// <summary>
/// Silos have different types: one is unknown only when no live silo has it, and no process is without a silo for long.
/// </summary>
internal static class TypeCheck
{
    /// <summary>
    /// How long a silo has to have been well before: longer than it takes until the others know of it, or find out that
    /// they were wrong about it.
    /// </summary>
    private static readonly TimeSpan Before = TimeSpan.FromSeconds(15);

    /// <summary>
    /// How long it has to be well after: one that the others have declared dead ends itself within that.
    /// </summary>
    private static readonly TimeSpan After = TimeSpan.FromSeconds(5);

    /// <summary>Checks what became of a process.</summary>
    /// <param name="process">The process.</param>
    /// <param name="told">What its client asked and was told.</param>
    /// <param name="silos">When silos were well.</param>
    /// <returns>What is wrong.</returns>
    public static IEnumerable<Violation> Find(
        ProcessEvidence process,
        IReadOnlyList<ClientLine> told,
        IReadOnlyList<SiloTime> silos)
    {
        foreach (var unknown in told.Where(static line => line.UnknownAt is not null))
        {
            if (
                silos.Any(silo =>
                    silo.Lacks != unknown.Type
                    && silo.From + Before < unknown.UnknownAt
                    && unknown.UnknownAt + After < silo.To))
            {
                yield return new Violation(
                    ViolationKind.TypeUnknown,
                    process.Id,
                    $"at {unknown.UnknownAt:O} its type {unknown.Type} was called unknown, and a silo had it all the "
                    + "time");
            }
        }

        if (
            process.Events.Any(static happened =>
                happened.Kind is HistoryKind.IncidentOpened
                && happened.Text?.StartsWith(nameof(IncidentCode.NotRunnable), StringComparison.Ordinal) == true))
        {
            yield return new Violation(
                ViolationKind.NotRunnable,
                process.Id,
                "it is an incident that no silo could run it");
        }
    }
}
