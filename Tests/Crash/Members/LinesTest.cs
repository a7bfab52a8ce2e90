using System.Diagnostics;
using Orleans.Workflows.CrashHost.Driving;

namespace Orleans.Workflows.Crash.Members;

/// <summary>
/// Counts what silos print. Each line of the console counts, those of stack traces too. Such tests run one after the
/// other: a silo that gets no processor for long says so.
/// </summary>
public abstract class LinesTest(ITestOutputHelper output, DatabaseFixture databases) : OwnServerTest(output, databases)
{
    private const int MostOfOutage = 50;
    private const string Away = "The store is unavailable:";
    private const string Back = "The store is available again";

    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(20);

    /// <summary>Takes the database away for 20 s, under load, and counts what the silos say of it.</summary>
    protected async Task OutageIsSaidInFewLinesAsync(
        string how, HostProcess[] silos, LoadProcess load, Func<Task> takeAway, Func<Task> giveBack)
    {
        var before = silos.Select(static silo => silo.Lines.Count).ToList();
        var began = Stopwatch.GetTimestamp();
        await takeAway();
        await Eventually.TrueAsync(
            () => Task.FromResult(Stopwatch.GetElapsedTime(began) > Outage), Limit, static () => "20 s pass", Cancel);
        await giveBack();
        await load.GoesOnAsync(50, Limit);
        await Eventually.TrueAsync(
            () => Task.FromResult(silos.Index().All(silo => Count(silo.Item, before[silo.Index], Back) > 0)),
            Limit,
            () => $"both silos say that the database is back, which was {how}: {Said()}",
            Cancel);

        var lines = string.Join(", ", silos.Select((silo, at) => silo.Lines.Count - before[at]));
        Print($"lines per silo for 20 s with a database that is {how}: {lines}");
        for (var at = 0; at < silos.Length; at++)
        {
            (silos[at].Lines.Count - before[at]).ShouldBeLessThanOrEqualTo(MostOfOutage, Said());
            Count(silos[at], before[at], Away).ShouldBe(1, Said());
            Count(silos[at], before[at], Back).ShouldBe(1, Said());
        }

        string Said() => string.Join('\n', silos.SelectMany((silo, at) => silo.Lines.Skip(before[at]).Take(150)));
    }

    /// <summary>Waits for the last line of a host that has started, which may come behind that of the silo.</summary>
    internal static Task<TimeSpan> HasStartedAsync(IEnumerable<HostProcess> silos) => Eventually.TrueAsync(
        () => Task.FromResult(silos.All(static silo => Count(silo, 0, "Content root path:") > 0)),
        Limit,
        static () => "the hosts have said all of their start",
        Cancel);

    /// <summary>How many lines a silo has printed, without the one that is for the test.</summary>
    internal static int LinesOf(HostProcess silo) =>
        silo.Lines.Count(static line => !line.StartsWith("READY ", StringComparison.Ordinal));

    private static int Count(HostProcess silo, int from, string text) =>
        silo.Lines.Skip(from).Count(line => line.Contains(text, StringComparison.Ordinal));
}
