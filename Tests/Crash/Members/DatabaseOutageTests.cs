using System.Diagnostics;
using System.Net;
using Orleans.Workflows.CrashHost.Driving;
using Orleans.Workflows.Shared.Postgres;
using Orleans.Workflows.Storage.Postgres;

namespace Orleans.Workflows.Crash.Members;

/// <summary>The database goes and comes under load; the silos stay.</summary>
public sealed class DatabaseOutageTests(ITestOutputHelper output, DatabaseFixture databases) : SeveralSilosTest(output, databases)
{
    private const string Database = "outage";
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(10);
    private PostgresServer? _server;

    [Fact]
    public async Task F17_Server_StoppedFor10Seconds_SilosSaySoAndEverythingFinishes()
    {
        var silos = await StartSilosAsync(2);
        var load = await StartLoadAsync();
        var began = Stopwatch.GetTimestamp();

        await _server!.StopAsync(PostgresStop.Fast);
        var said = await Task.WhenAll(silos.Select(silo => HealthAsync(silo, HttpStatusCode.ServiceUnavailable)));
        await Eventually.TrueAsync(() => Task.FromResult(Stopwatch.GetElapsedTime(began) > Outage), Limit, static () => "10 s pass", Cancel);
        await _server.StartAgainAsync(Cancel);
        var well = await Task.WhenAll(silos.Select(silo => HealthAsync(silo, HttpStatusCode.OK)));
        var goesOn = await load.GoesOnAsync(50, Limit);

        Print($"the database was away for 10 s: the silos were unready after {said.Max().TotalSeconds:0.0} s, ready {well.Max().TotalSeconds:0.0} s after its return, 50 more finished within {goesOn.TotalSeconds:0.0} s");
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
            var ended = await _server!.TerminateBackendsAsync(Database, Cancel);
            var goesOn = await load.GoesOnAsync(40, Limit);
            Print($"{ended} connections terminated: 40 more finished within {goesOn.TotalSeconds:0.0} s");
            ended.ShouldBeGreaterThan(4);
        }

        silos.ShouldAllBe(static silo => !silo.HasExited);
        await ShouldBeRightAsync(load, silos[0]);
    }

    protected override async Task<string> CreateDatabaseAsync()
    {
        _server = await PostgresServer.StartAsync(new PostgresServerOptions { Settings = ["max_connections=300"] }, Cancel);
        var database = await _server.CreateDatabaseAsync(Database, cancellationToken: Cancel);
        await PostgresSchema.ApplyAsync(database, Cancel);
        return database;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    private static async Task<TimeSpan> HealthAsync(HostProcess silo, HttpStatusCode expected)
    {
        using var http = new HttpClient { BaseAddress = silo.Health };
        var answer = "";
        return await Eventually.TrueAsync(
            async () =>
            {
                using var response = await http.GetAsync(new Uri("/health/ready", UriKind.Relative), Cancel);
                answer = $"{response.StatusCode}: {await response.Content.ReadAsStringAsync(Cancel)}";
                return response.StatusCode == expected;
            },
            Limit,
            () => $"the silo's health is {expected}; it is {answer}",
            Cancel);
    }
}
