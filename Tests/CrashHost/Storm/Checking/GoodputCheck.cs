using Orleans.Workflows.CrashHost.Storm.Clients;

namespace Orleans.Workflows.CrashHost.Storm.Checking;

/// <summary>What holds up some processes does not hold up the others: clients go on being told of ends.</summary>
internal static class GoodputCheck
{
    /// <summary>
    /// The longest time in which no client may be told of any end. Dozens of conversations end in it otherwise.
    /// </summary>
    private static readonly TimeSpan LongestAllowed = TimeSpan.FromSeconds(5);

    /// <summary>Checks the times in which the rest had to go on.</summary>
    /// <param name="evidence">Everything.</param>
    /// <returns>What is wrong, under the name of the fault.</returns>
    public static IEnumerable<Violation> Find(Evidence evidence)
    {
        foreach (var window in evidence.Windows)
        {
            if (LongestPause(window, evidence) is var pause && pause > LongestAllowed)
            {
                yield return new Violation(
                    ViolationKind.GoodputOfRest,
                    $"{window.Fault}",
                    $"from {window.From:HH:mm:ss.f} to {window.To:HH:mm:ss.f} no client was told of any end for "
                    + $"{pause.TotalSeconds:0.0} s");
            }
        }
    }

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
