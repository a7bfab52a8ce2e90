using System.Diagnostics;
using Orleans.Workflows.CrashHost.Driving;

namespace Orleans.Workflows.Crash.Members;

/// <summary>Silos of a cluster that are killed, one by one and all at once.</summary>
public sealed class LostSilosTests(ITestOutputHelper output, DatabaseFixture databases)
    : SeveralSilosTest(output, databases)
{
    private static readonly TimeSpan RunningAgain = TimeSpan.FromSeconds(45);

    [Theory]
    [InlineData(2, 2)]
    [InlineData(3, 2)]
    public async Task Silos_KilledAndReplacedAgainAndAgain_EverythingFinishesOnceAndRight(int count, int rounds)
    {
        var silos = (await StartSilosAsync(count)).ToList();
        var load = await StartLoadAsync();
        for (var round = 1; round <= rounds; round++)
        {
            var (victim, owned) = await WithTheMostToLoseAsync(silos);
            await victim.KillAsync();
            silos.Remove(victim);
            var replacement = StartSiloAsync();
            var takenOver = TakenOverAsync(victim);
            await Task.WhenAll(replacement, takenOver);
            silos.Add(await replacement);
            var (declared, resumed) = await takenOver;
            var goesOn = await load.GoesOnAsync(50, Limit);

            Print(
                $"{count} silos, round {round}: killed with {owned} processes, declared dead after "
                + $"{declared.TotalSeconds:0.0} s, all resumed {resumed.TotalSeconds:0.0} s later, 50 more finished "
                + $"within {goesOn.TotalSeconds:0.0} s");
            declared.ShouldBeLessThan(FailureDetection);
            resumed.ShouldBeLessThan(ResumeLimit);
            silos
                .SelectMany(static silo => silo.Lines)
                .ShouldContain(line =>
                    line.Contains($"its host {victim.Address} has died or was cut off", StringComparison.Ordinal));
        }

        await ShouldBeRightAsync(load, silos[0]);
    }

    [Fact]
    public async Task F17_Silos_AllKilledAtOnce_RunAgainAtNewAddresses()
    {
        var old = await StartSilosAsync(3);
        var load = await StartLoadAsync();
        await Task.WhenAll(old.Select(static silo => silo.KillAsync()));
        var owned = (await Task.WhenAll(old.Select(OwnedAsync))).Sum();

        var began = Stopwatch.GetTimestamp();
        var silos = await StartSilosAsync(3);
        var ready = Stopwatch.GetElapsedTime(began);
        var taken = await Task.WhenAll(old.Select(LeftAsync));
        await load.GoesOnAsync(50, Limit);
        var again = Stopwatch.GetElapsedTime(began);

        Print(
            $"all killed with {owned} processes: the new silos take calls after {ready.TotalSeconds:0.0} s, all "
            + $"processes resumed after {(ready + taken.Max()).TotalSeconds:0.0} s, 50 more finished after "
            + $"{again.TotalSeconds:0.0} s");
        again.ShouldBeLessThan(RunningAgain);
        await ShouldBeRightAsync(load, silos[0]);
    }

    /// <summary>Waits until one has something to lose: for a moment, while the load goes on, none may.</summary>
    private async Task<(HostProcess Silo, long Owned)> WithTheMostToLoseAsync(IEnumerable<HostProcess> silos)
    {
        (HostProcess Silo, long Owned) most = default;
        await Eventually.TrueAsync(
            async () =>
            {
                var owned = await Task.WhenAll(silos.Select(async silo => (silo, await OwnedAsync(silo))));
                most = owned.MaxBy(static s => s.Item2);
                return most.Owned > 0;
            },
            Limit,
            static () => "a silo has processes",
            Cancel);
        return most;
    }
}
