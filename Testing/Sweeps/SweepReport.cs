namespace Orleans.Workflows.Testing;

/// <summary>What a sweep has done.</summary>
/// <param name="Accesses">How many accesses to the store the process needs when it is not interrupted.</param>
/// <param name="CrashPoints">At how many points a silo was cut off from it.</param>
/// <param name="Runs">How often it ran, from its start to its end.</param>
/// <param name="Duration">How long that took, in real time.</param>
public sealed record SweepReport(int Accesses, int CrashPoints, int Runs, TimeSpan Duration)
{
    /// <summary>Tells the figures.</summary>
    /// <returns>One line.</returns>
    public override string ToString() =>
        FormattableString.Invariant(
            $"{CrashPoints} crash points at {Accesses} accesses, {Runs} runs in {Duration.TotalSeconds:0.0} s");
}
