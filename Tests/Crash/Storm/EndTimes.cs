using Orleans.Workflows.CrashHost.Storm.Checking;
using Orleans.Workflows.CrashHost.Storm.Clients;

namespace Orleans.Workflows.Crash.Storm;

/// <summary>Evidence whose clients were told of ends at other times.</summary>
internal static class EndTimes
{
    /// <summary>With each line from the lock on told at one time.</summary>
    public static Evidence Told(Evidence evidence, DateTimeOffset at) =>
        evidence with
        {
            Clients =
            [
                .. evidence.Clients.Select(client =>
                    (IReadOnlyList<ClientLine>)
                        [.. client.Select(line => line.At < SoundEvidence.Lock.From ? line : line with { At = at })]),
            ],
        };

    /// <summary>With twenty ends a second, of processes that the evidence has, up to the end of the lock.</summary>
    public static Evidence Brisk(Evidence evidence)
    {
        var told = evidence.Lines.First(static line =>
            line is { Process: SoundEvidence.Flaky, Kind: CallKind.Result, Phase: CallPhase.Ok });
        return evidence with
        {
            Clients =
            [
                .. evidence.Clients,
                [
                    .. Enumerable
                        .Range(0, 20 * 60)
                        .Select(i => told with { At = SoundEvidence.Lock.To - (i * TimeSpan.FromMilliseconds(50)) }),
                ],
            ],
        };
    }

    /// <summary>With those of the ends alone whose time is as it is wanted.</summary>
    public static Evidence Ended(Evidence evidence, Func<DateTimeOffset, bool> isWanted) =>
        evidence with
        {
            Clients =
            [
                .. evidence.Clients.Select(client =>
                    (IReadOnlyList<ClientLine>)
                        [.. client.Where(line => line is not { Kind: CallKind.Result, Phase: CallPhase.Ok }
                            || isWanted(line.At))]),
            ],
        };
}
