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
        ran.Error.ShouldContain("--data-folder PATH or --gateway HOST:PORT");
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
}
