using Orleans.Workflows.CrashHost.Storm.Clients;

namespace Orleans.Workflows.CrashHost.Storm.Checking;

/// <summary>What holds up some processes does not hold up the others: clients go on being told of ends.</summary>
internal static class GoodputCheck
{
    /// <summary>
    /// How long something may hold up what it does not concern, and so the longest time without an end that is owed to
    /// it.
    /// </summary>
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(3);

    /// <summary>What the load's own pace, dozens of conversations of seconds, may add to it at most.</summary>
    private static readonly TimeSpan LongestPace = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long before a window the pace of the load is measured: the storm waits for it to go on before it begins.
    /// </summary>
    private static readonly TimeSpan Before = TimeSpan.FromSeconds(10);

    /// <summary>
    /// A share of the pace that the load had before. A third of the silos are gone in some windows, and most of the
    /// conversations wait for their own processes there: they end as these do, when the silo is back.
    /// </summary>
    private const double LeastShare = 0.1;

    /// <summary>Checks the times in which the rest had to go on.</summary>
    /// <param name="evidence">Everything.</param>
    /// <returns>What is wrong, under the name of the fault.</returns>
    public static IEnumerable<Violation> Find(Evidence evidence)
    {
        foreach (var window in evidence.Windows)
        {
            var allowed = Bound + Pace(window, evidence);
            if (LongestPause(window, evidence) is var pause && pause > allowed)
            {
                yield return new Violation(
                    ViolationKind.GoodputOfRest,
                    $"{window.Fault}",
                    $"from {window.From:HH:mm:ss.f} to {window.To:HH:mm:ss.f} no client was told of any end for "
                    + $"{pause.TotalSeconds:0.0} s; {allowed.TotalSeconds:0.0} s are allowed");
            }

            var (before, during) = (
                Rate(window.Began - Before, window.Began, evidence),
                Rate(window.From, window.To, evidence));
            if (during < LeastShare * before)
            {
                yield return new Violation(
                    ViolationKind.GoodputOfRest,
                    $"{window.Fault}",
                    $"from {window.From:HH:mm:ss.f} to {window.To:HH:mm:ss.f} clients were told of {during:0.0} ends "
                    + $"per second, and before the fault of {before:0.0}");
            }
        }
    }

    /// <summary>The longest time without an end that the load itself had shortly before a fault.</summary>
    private static TimeSpan Pace(Window window, Evidence evidence) =>
        LongestPause(window with { From = window.Began - Before, To = window.Began }, evidence) is var pause
            && pause < LongestPace ? pause : LongestPace;

    private static double Rate(DateTimeOffset from, DateTimeOffset to, Evidence evidence) =>
        evidence.Lines.Count(line =>
            line is { Kind: CallKind.Result, Phase: CallPhase.Ok } && line.At > from && line.At < to)
        / (to - from).TotalSeconds;

    /// <summary>The longest time within a window in which no client was told of an end.</summary>
    /// <param name="window">The window.</param>
    /// <param name="evidence">Everything.</param>
    /// <returns>The time.</returns>
    public static TimeSpan LongestPause(Window window, Evidence evidence)
    {
        var times = evidence
            .Lines.Where(static line => line is { Kind: CallKind.Result, Phase: CallPhase.Ok })
            .Select(static line => line.At)
            .Where(at => at > window.From && at < window.To)
            .Order()
            .Append(window.To);
        var (last, longest) = (window.From, TimeSpan.Zero);
        foreach (var at in times)
        {
            longest = at - last > longest ? at - last : longest;
            last = at;
        }

        return longest;
    }
}
