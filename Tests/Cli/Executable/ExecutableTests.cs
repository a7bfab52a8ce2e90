using System.Diagnostics;
using Orleans.Workflows.CliTests.Silo;

namespace Orleans.Workflows.CliTests.Executable;

public sealed class ExecutableTests(EmbeddedSiloFixture silo)
{
    [Fact]
    public async Task Owf_Help_NamesCommandsAndExitCodes()
    {
        var ran = (await Owf.RunAsync("--help")).ShouldExitWith(0);

        ran.Lines.ShouldContain("  owf [command] [options]");
        ran.Lines.ShouldContain("    4  no silo answers, or it cannot take the call now");
        ran.Lines.ShouldContain(static line => line.StartsWith("  kill <ID>", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Owf_WrongUsage_ExitsWith2() => (await Owf.RunAsync("list", "--state", "Sleeping")).ShouldExitWith(2).Out.ShouldBeEmpty();

    [Fact]
    public async Task Owf_NoSiloAnswers_ExitsWith4BeforeLong()
    {
        var watch = Stopwatch.StartNew();

        var ran = (await Owf.RunAsync("list", "--gateway", "127.0.0.1:1")).ShouldExitWith(4);

        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(15));
        ran.Out.ShouldBeEmpty();
        ran.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(2);
        ran.Error.ShouldContain("--data-folder PATH, --gateway HOST:PORT or --connection-string TEXT");
    }

    [Fact]
    public async Task Owf_ConnectionStringInTheEnvironment_IsUsedUnlessToldOtherwise()
    {
        var environment = ("ConnectionStrings__Workflows", "Host=127.0.0.1;Port=1;Database=none;Password=geheim");

        var ran = (await Owf.EndAsync(Owf.Start([environment], "list"))).ShouldExitWith(4);
        (await Owf.EndAsync(Owf.Start([environment], "list", "--data-folder", silo.DataFolder))).ShouldExitWith(0);

        ran.Error.ShouldContain("Tried the cluster on PostgreSQL 127.0.0.1:1/none: ");
        ran.Error.ShouldNotContain("geheim");
    }

    [Fact]
    public async Task Owf_UnreadableConnectionStringInTheEnvironment_ExitsWith2()
    {
        var ran = (await Owf.EndAsync(Owf.Start([("ConnectionStrings__Workflows", "ge;heim")], "list"))).ShouldExitWith(2);

        ran.Error.ShouldStartWith("ConnectionStrings__Workflows: That is no connection string");
    }

    [Fact]
    public async Task Owf_StartAndWait_WritesOnlyTheDocument()
    {
        var ran = (await Owf.RunAsync("start", "test/echo", "--wait", "--json", "--data-folder", silo.DataFolder)).ShouldExitWith(0);

        ran.Json.GetProperty("outcome").GetProperty("state").GetString().ShouldBe("Finished");
        ran.Error.ShouldBeEmpty();
    }

    [Fact]
    public async Task Owf_CtrlC_EndsTheWaitingOnly()
    {
        using var owf = Owf.Start("start", "test/approval", "--wait", "--data-folder", silo.DataFolder);
        var id = await owf.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);

        using var kill = Process.Start("kill", ["-INT", $"{owf.Id}"]);
        var ran = (await Owf.EndAsync(owf)).ShouldExitWith(130);

        ran.Error.ShouldBe($"Interrupted: only the waiting has ended, the process {id} goes on. See 'owf show {id}'.\n");
    }

    [Fact]
    public async Task Execute_CallerDies_SurvivesAndGivesTheNextCallerItsOutcome()
    {
        var id = $"t{Guid.NewGuid():N}";
        using var caller = Owf.Start("start", "test/approval", "--id", id, "--wait", "--data-folder", silo.DataFolder);
        (await caller.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken)).ShouldBe(id);

        // SIGKILL: the caller says goodbye to nobody.
        caller.Kill();
        await caller.WaitForExitAsync(TestContext.Current.CancellationToken);
        (await Owf.RunAsync("signal", id, "approval", "--payload", """{"text":"yes"}""", "--data-folder", silo.DataFolder)).ShouldExitWith(0);
        var next = (await Owf.RunAsync("start", "test/approval", "--id", id, "--use-existing", "--wait", "--json", "--data-folder", silo.DataFolder)).ShouldExitWith(0);

        caller.ExitCode.ShouldBe(128 + 9);
        next.Json.GetProperty("wasCreated").GetBoolean().ShouldBeFalse();
        next.Json.GetProperty("outcome").GetProperty("output").GetProperty("text").GetString().ShouldBe("yes");
    }
}
