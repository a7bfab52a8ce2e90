using Npgsql;
using OsProcess = System.Diagnostics.Process;

namespace Orleans.Workflows.Crash.Members;

/// <summary>The stock silo as an operator runs it: 'migrate', and silos that verify.</summary>
public sealed class StockSiloTests(DatabaseFixture databases)
{
    private static readonly string[] FreePorts =
    [
        "--Workflows:SiloPort=0",
        "--Workflows:GatewayPort=0",
        "--Workflows:HealthPort=0",
    ];
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Schema_Missing_SiloEndsAndNamesMigrateAfterWhichItRuns()
    {
        var database = await databases.CreateEmptyAsync(nameof(StockSiloTests));
        var refused = await StockSilo.RunAsync(database, FreePorts);
        refused.ExitCode.ShouldBe(1, refused.Output);
        refused.Output.ShouldContain("lacks 0001-processes.sql");
        refused.Output.ShouldContain("run the silo's command 'migrate'");

        var migrations = await Task.WhenAll(
            Enumerable.Range(0, 3).Select(_ => StockSilo.RunAsync(database, "migrate")));
        migrations.ShouldAllBe(static migration => migration.ExitCode == 0);
        migrations
            .Count(static migration =>
                migration.Output.Contains("Executed: 0001-processes.sql", StringComparison.Ordinal))
            .ShouldBe(1, "one does it, the others wait");
        migrations
            .Count(static migration => migration.Output.Contains("nothing to do", StringComparison.Ordinal))
            .ShouldBe(2);

        using var silo = StockSilo.Start(database, FreePorts);
        try
        {
            await FirstLineAsync(silo, "runs as a member of the cluster");
            using var terminate = OsProcess.Start("kill", ["-TERM", $"{silo.Id}"]);
            await silo.WaitForExitAsync(Cancel).WaitAsync(Limit, Cancel);
        }
        finally
        {
            silo.Kill();
        }

        silo.ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task Database_NotUtf8_IsAFaultOfTheConfigurationForEachCommand()
    {
        var server = await databases.GetServerAsync();
        await using var source = NpgsqlDataSource.Create(server.ConnectionString("postgres"));
        await using var create = source.CreateCommand(
            "CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0");
        await create.ExecuteNonQueryAsync(Cancel);

        foreach (var args in (string[][])[["migrate"], ["adopt"], FreePorts])
        {
            var (exitCode, output) = await StockSilo.RunAsync(server.ConnectionString("latin"), args);
            exitCode.ShouldBe(2, output);
            output.ShouldContain("is LATIN1; it must be UTF8");
        }
    }

    [Theory]
    [InlineData("Workflows__HealtPort", "Workflows:HealthPort (Workflows__HealthPort in the environment)")]
    [InlineData("WORKFLOWS__ENGINE__RETENTON", "Workflows:Engine:Retention (Workflows__Engine__Retention in the")]
    [InlineData("Workflows__Retention", "Workflows:Engine:Retention (Workflows__Engine__Retention in the")]
    public async Task Environment_WithAMisspeltVariable_IsRefusedAndTheNearestIsNamed(string variable, string nearest)
    {
        var refused = await StockSilo.RunAsync([(variable, "1")], FreePorts);

        refused.ExitCode.ShouldBe(2, refused.Output);
        refused.Output.ShouldContain($"is no option of a silo. The nearest is {nearest}");
    }

    private static async Task FirstLineAsync(OsProcess process, string part)
    {
        while (await process.StandardOutput.ReadLineAsync(Cancel).AsTask().WaitAsync(Limit, Cancel) is { } line)
        {
            if (line.Contains(part, StringComparison.Ordinal))
            {
                return;
            }
        }

        throw new InvalidOperationException(
            $"Expected: the silo prints '{part}'. It ended with: {await process.StandardError.ReadToEndAsync(Cancel)}");
    }
}
