using Orleans.Workflows.Crash.Members;
using Orleans.Workflows.CrashHost.Driving;

[assembly: AssemblyFixture(typeof(DatabaseFixture))]

namespace Orleans.Workflows.Upgrade;

/// <summary>Silos of the version before and of this one in one cluster, under load, in both orders.</summary>
public sealed class RolloutTests(ITestOutputHelper output, DatabaseFixture databases, PreviousBuild previous)
    : SeveralSilosTest(output, databases)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Silos_ReplacedByAnotherVersion_NoCallFails_NothingIsLostAndNoIncident(bool back)
    {
        var (from, to) = back ? (Current, Previous()) : (Previous(), Current);
        var silos = new List<HostProcess> { await from.Start(), await from.Start() };
        var load = await StartLoadAsync(back ? null : previous.Assembly);
        foreach (var leaving in silos.ToList())
        {
            silos.Add(await to.Start());
            await load.GoesOnAsync(60, Limit);
            (await leaving.StopAsync(Limit)).ShouldBe(0, leaving.Output);
            silos.Remove(leaving);
            await load.GoesOnAsync(60, Limit);
        }

        Print($"{from.Name} replaced by {to.Name}, one by one");
        await ShouldBeRightAsync(load, silos[0]);
        (await ReadAsync<long>("SELECT count(*) FROM process WHERE incident IS NOT NULL"))
            .Single()
            .ShouldBe(0, silos[0].Output);
    }

    private (string Name, Func<Task<HostProcess>> Start) Current => ("this version", () => StartSiloAsync(ShortDrain));

    private (string Name, Func<Task<HostProcess>> Start) Previous() =>
        (PreviousBuild.Commit[..7], () =>
            StartSiloAsync(HostProcess.StartAsync(Folder, previous.Assembly, launcher: [], ShortDrain)));
}
