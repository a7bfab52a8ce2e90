using Npgsql;
using Orleans.Workflows.CrashHost.Driving;
using Orleans.Workflows.Shared.Postgres;

namespace Orleans.Workflows.Crash.Members;

/// <summary>
/// How many lines a silo prints: a host of one's own that sets nothing of its logging, on a real database and under
/// load. Each line of the console counts, those of stack traces too.
/// </summary>
[Collection(nameof(LinesTest))]
public sealed class LogLinesTests(ITestOutputHelper output, DatabaseFixture databases) : LinesTest(output, databases)
{
    private const string User = "owner";
    private const int MostAtStart = 25;
    private const int MostOfWrongPassword = 5;

    private static readonly string[] FreePorts =
    [
        "--Workflows:SiloPort=0",
        "--Workflows:GatewayPort=0",
        "--Workflows:HealthPort=0",
    ];

    [Fact]
    public async Task Start_Work_AndOutage_StayWithinTheirLines()
    {
        var silos = await StartSilosAsync(2, "Log=Default");
        await HasStartedAsync(silos);
        var atStart = silos.Select(LinesOf).ToList();
        var load = await StartLoadAsync();

        // Silos that have just found each other may still hand things over.
        await load.GoesOnAsync(100, Limit);
        var before = silos.Select(LinesOf).ToList();
        await load.GoesOnAsync(200, Limit);
        var atWork = silos.Select(LinesOf).ToList();

        var more = atWork.Zip(before, static (work, start) => work - start);
        Print($"lines per silo: {string.Join(", ", atStart)} at the start, {string.Join(", ", more)} at work");
        before.ShouldAllBe(static lines => lines <= MostAtStart);
        atWork.ShouldBe(before, "nothing is said of what goes well");
        await OutageIsSaidInFewLinesAsync(
            "stopped", silos, load, () => Server.StopAsync(PostgresStop.Fast), () => Server.StartAgainAsync(Cancel));
        await ShouldBeRightAsync(load, silos[0]);
    }

    [Fact]
    public async Task StockSilo_FromItsStartToItsEnd_SaysWhereItRuns()
    {
        var lines = await StockSilo.LiveAsync(ConnectionString, FreePorts);

        Print($"the stock silo, from its start to its end: {string.Join('\n', lines)}");
        StockSilo.EventsOf(lines).ShouldBe(["SiloAnnouncement[400043]", "SiloAnnouncement[400042]"]);
        lines.Count.ShouldBeLessThanOrEqualTo(MostAtStart);
    }

    [Fact]
    public async Task WrongPassword_IsSaidInFewLines()
    {
        var stock = await StockSilo.RunAsync(WithPassword("wrong"), FreePorts);
        var own = await StockSilo.RunProgramAsync(
            "CrashHost",
            WithPassword("wrong"),
            [$"--Ledger={Folder.Ledger}", $"--Gates={Folder.Gates}", "--Log=Default", .. FreePorts]);

        Print($"a wrong password, the stock silo: {stock.Output}");
        stock.ExitCode.ShouldBe(1);
        stock.Output.ShouldContain("password authentication failed");
        stock
            .Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Length.ShouldBeLessThanOrEqualTo(MostOfWrongPassword);

        // A host of one's own says it once by the host, with the exception, which its program then throws.
        string[] entries = [.. own.Output.Split('\n').Where(static line => line.Length > 6 && line[4..6] == ": ")];
        entries.ShouldBe(["fail: Microsoft.Extensions.Hosting.Internal.Host[11]"], own.Output);
        own.Output.ShouldContain("Unhandled exception. Orleans.Workflows.Grains.Storage.StoreUnavailableException: ");
    }

    [Fact]
    public async Task Password_ChangedWhileTheSiloRuns_IsAnOutageThatSaysSo()
    {
        await using var silo = await HostProcess.StartAsync(
            Folder, $"ConnectionStrings:Workflows={WithPassword("right")}", "Workflows:Schema=Verify", "Log=Default");
        await HasStartedAsync([silo]);
        var before = LinesOf(silo);

        await ExecuteAsync($"ALTER ROLE {User} PASSWORD 'another'");
        await Server.TerminateBackendsAsync(Database, Cancel);
        await Eventually.TrueAsync(
            () =>
                Task.FromResult(
                    silo.Lines.Any(static line =>
                        line.Contains("The store is unavailable:", StringComparison.Ordinal))),
            Limit,
            static () => "the silo says that it cannot use the store",
            Cancel);
        await ExecuteAsync($"ALTER ROLE {User} PASSWORD 'right'");
        await Eventually.TrueAsync(
            () =>
                Task.FromResult(
                    silo.Lines.Any(static line =>
                        line.Contains("The store is available again", StringComparison.Ordinal))),
            Limit,
            static () => "the silo says that it can",
            Cancel);

        Print($"{LinesOf(silo) - before} lines for a password that was wrong for a while");
        (LinesOf(silo) - before).ShouldBeLessThanOrEqualTo(
            MostOfWrongPassword,
            string.Join('\n', silo.Lines.Skip(before).Take(100)));
    }

    protected override async Task<string> CreateDatabaseAsync()
    {
        var database = await base.CreateDatabaseAsync();

        // The server lets everybody in; this user alone needs a password.
        var rules = Path.Combine(Server.Folder, "data", "pg_hba.conf");
        await File.WriteAllTextAsync(
            rules,
            $"host all {User} 127.0.0.1/32 scram-sha-256\n{await File.ReadAllTextAsync(rules, Cancel)}",
            Cancel);
        await ExecuteAsync(database, $"CREATE ROLE {User} LOGIN SUPERUSER PASSWORD 'right'; SELECT pg_reload_conf()");
        return database;
    }

    private string WithPassword(string password) =>
        new NpgsqlConnectionStringBuilder(ConnectionString) { Username = User, Password = password }.ConnectionString;

    private Task ExecuteAsync(string statement) => ExecuteAsync(ConnectionString!, statement);

    private static async Task ExecuteAsync(string database, string statement)
    {
        await using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(database) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(Cancel);
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync(Cancel);
    }
}
