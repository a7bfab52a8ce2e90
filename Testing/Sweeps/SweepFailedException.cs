namespace Orleans.Workflows.Testing;

/// <summary>A process did not bear a crash. The message names each point and what was wrong after it.</summary>
public sealed class SweepFailedException : Exception
{
    private const int Shown = 20;

    /// <summary>Makes the exception.</summary>
    /// <param name="process">The process type.</param>
    /// <param name="faults">What was wrong, by crash point; null for the run that was not interrupted.</param>
    /// <param name="inner">The first error that an expectation threw, if any.</param>
    internal SweepFailedException(
        string process,
        IReadOnlyList<(CrashPoint? Point, string Fault)> faults,
        Exception? inner)
        : base(
            $"Process '{process}' does not bear {faults.Count} of its crash points:{Environment.NewLine}"
            + string.Join(
                Environment.NewLine,
                faults
                    .Take(Shown)
                    .Select(static fault => $"- {fault.Point?.ToString() ?? "not interrupted"}: {fault.Fault}"))
            + (faults.Count > Shown ? $"{Environment.NewLine}… and {faults.Count - Shown} more." : ""),
        inner) => CrashPoints = [.. faults.Select(static fault => fault.Point).OfType<CrashPoint>()];

    /// <summary>The points after which something was wrong, each once.</summary>
    public IReadOnlyList<CrashPoint> CrashPoints { get; }
}
