using System.Diagnostics;
using System.Net;
using Orleans.Workflows.CrashHost.Driving;
using Orleans.Workflows.Shared.Postgres;

namespace Orleans.Workflows.Crash.Members;

/// <summary>The database goes and comes under load; the silos stay.</summary>
public sealed class DatabaseOutageTests(ITestOutputHelper output, DatabaseFixture databases)
    : OwnServerTest(output, databases)
{
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task F17_Server_StoppedFor10Seconds_SilosSaySoAndEverythingFinishes()
    {
        var silos = await StartSilosAsync(2);
        var load = await StartLoadAsync();
        var began = Stopwatch.GetTimestamp();

        await Server.StopAsync(PostgresStop.Fast);
        var said = await Task.WhenAll(silos.Select(silo => HealthAsync(silo, HttpStatusCode.ServiceUnavailable)));
        await Eventually.TrueAsync(
            () => Task.FromResult(Stopwatch.GetElapsedTime(began) > Outage),
            Limit,
            static () => "10 s pass",
            Cancel);
        await Server.StartAgainAsync(Cancel);
        var well = await Task.WhenAll(silos.Select(silo => HealthAsync(silo, HttpStatusCode.OK)));
        var goesOn = await load.GoesOnAsync(50, Limit);

        Print(
            $"the database was away for 10 s: the silos were unready after {said.Max().TotalSeconds:0.0} s, ready "
            + $"{well.Max().TotalSeconds:0.0} s after its return, 50 more finished within {goesOn.TotalSeconds:0.0} s");
        silos.ShouldAllBe(static silo => !silo.HasExited);
        await ShouldBeRightAsync(load, silos[0]);
    }

    [Fact]
    public async Task Connections_AllTerminatedAgainAndAgain_EverythingFinishes()
    {
        var silos = await StartSilosAsync(2);
        var load = await StartLoadAsync();
        for (var round = 1; round <= 3; round++)
        {
            var ended = await Server.TerminateBackendsAsync(Database, Cancel);
            var goesOn = await load.GoesOnAsync(40, Limit);
            Print($"{ended} connections terminated: 40 more finished within {goesOn.TotalSeconds:0.0} s");
            ended.ShouldBeGreaterThan(4);
        }

        silos.ShouldAllBe(static silo => !silo.HasExited);
        await ShouldBeRightAsync(load, silos[0]);
    }

    private static async Task<TimeSpan> HealthAsync(HostProcess silo, HttpStatusCode expected)
    {
        var (status, text) = (default(HttpStatusCode), "");
        return await Eventually.TrueAsync(
            async () =>
            {
                (status, text) = await silo.ReadyAsync(Cancel);
                return status == expected;
            },
            Limit,
            () => $"the silo's health is {expected}; it is {status}: {text}",
            Cancel);
    }
}
