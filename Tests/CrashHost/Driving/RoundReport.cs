using System.Globalization;

namespace Orleans.Workflows.CrashHost.Driving;

/// <summary>What happened in a round.</summary>
/// <param name="Number">The round.</param>
/// <param name="KilledAfter">From the first start to the kill.</param>
/// <param name="Acknowledged">How many starts had been answered by then.</param>
/// <param name="Interrupted">How many processes were taken over by the next silo.</param>
/// <param name="Ready">From the kill to the next silo taking calls.</param>
/// <param name="Finished">From there to the end of the last process.</param>
/// <param name="Whole">The round, with its checks.</param>
public sealed record RoundReport(
    int Number,
    TimeSpan KilledAfter,
    int Acknowledged,
    int Interrupted,
    TimeSpan Ready,
    TimeSpan Finished,
    TimeSpan Whole)
{
    /// <summary>The round in one line.</summary>
    /// <returns>The line.</returns>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"round {Number}: killed after {KilledAfter.TotalMilliseconds:0} ms with {Acknowledged} starts answered; "
            + $"next silo ready in {Ready.TotalSeconds:0.0} s, all finished {Finished.TotalSeconds:0.0} s later, "
            + $"{Interrupted} processes were resumed; {Whole.TotalSeconds:0.0} s in all");
}
