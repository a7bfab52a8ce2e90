namespace Orleans.Workflows.CrashHost.Processes;

/// <summary>How long a step of <see cref="Steps"/> takes, which decides how much of them a machine can carry.</summary>
/// <param name="mean">The mean, of times between a third of it and five thirds.</param>
public sealed class StepTime(TimeSpan mean)
{
    /// <summary>What a silo has whose options do not say it.</summary>
    public static readonly TimeSpan Default = TimeSpan.FromMilliseconds(15);

    /// <summary>The time of one step.</summary>
    public TimeSpan Next() => mean * ((1 + (4 * Random.Shared.NextDouble())) / 3);
}
