using Npgsql;

namespace Orleans.Workflows.Crash.Members;

/// <summary>
/// A database that takes calls and answers none: nothing fails by itself, and still a silo says what is the matter, in
/// few lines.
/// </summary>
[Collection(nameof(LinesTest))]
public sealed class FreezeLinesTests(ITestOutputHelper output, DatabaseFixture databases) : LinesTest(output, databases)
{
    [Fact]
    public async Task Freeze_OfTheServerOrByALock_IsAnOutageInFewLines()
    {
        var silos = await StartSilosAsync(2, "Log=Default");
        await HasStartedAsync(silos);
        var load = await StartLoadAsync();

        await OutageIsSaidInFewLinesAsync(
            "frozen", silos, load, () => Task.Run(Server.Freeze, Cancel), () => Task.Run(Server.Thaw, Cancel));
        var session = new NpgsqlConnectionStringBuilder(ConnectionString) { Pooling = false };
        await using var stranger = new NpgsqlConnection(session.ConnectionString);
        await stranger.OpenAsync(Cancel);
        await OutageIsSaidInFewLinesAsync(
            "locked",
            silos,
            load,
            () => ExecuteAsync(stranger, "BEGIN; LOCK TABLE process IN ACCESS EXCLUSIVE MODE"),
            () => ExecuteAsync(stranger, "ROLLBACK"));

        await ShouldBeRightAsync(load, silos[0]);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string statement)
    {
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync(Cancel);
    }
}
