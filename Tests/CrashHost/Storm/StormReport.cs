using System.Globalization;
using Orleans.Workflows.CrashHost.Storm.Checking;
using Orleans.Workflows.CrashHost.Storm.Faults;

namespace Orleans.Workflows.CrashHost.Storm;

/// <summary>What happened in a storm.</summary>
public sealed record StormReport
{
    /// <summary>What decided it.</summary>
    public required int Seed { get; init; }

    /// <summary>Whether the network could be cut here.</summary>
    public required bool NetworkWasCut { get; init; }

    /// <summary>How often each kind of fault happened.</summary>
    public required IReadOnlyDictionary<FaultKind, int> Faults { get; init; }

    /// <summary>The figures, each with its name.</summary>
    public required IReadOnlyList<(string Name, string Value)> Figures { get; init; }

    /// <summary>From the end of the last fault until everything had ended.</summary>
    public required TimeSpan Drain { get; init; }

    /// <summary>What did not hold.</summary>
    public required IReadOnlyList<Violation> Violations { get; init; }

    /// <summary>What went wrong in clients beside what they wrote down.</summary>
    public required IReadOnlyList<string> Troubles { get; init; }

    /// <summary>The report, a figure per line.</summary>
    /// <returns>The lines.</returns>
    public override string ToString() =>
        string.Join(
            Environment.NewLine,
            [
                .. Figures.Select(static figure => $"{figure.Name}: {figure.Value}"),
                $"faults: "
                + $"{string.Join(", ", Faults.OrderBy(static fault => fault.Key).Select(static fault => $"{fault.Key} {fault.Value}"))}",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"drained: {Drain.TotalSeconds:0.0} s after the last fault"),
                $"violations: {Violations.Count}",
                .. Violations
                    .CountBy(static violation => violation.Kind)
                    .Select(static kind => $"  {kind.Key}: {kind.Value}"),
                .. Violations.Take(40).Select(static violation => $"  {violation}"),
                .. Troubles.Select(static trouble => $"trouble: {trouble}"),
            ]);
}
