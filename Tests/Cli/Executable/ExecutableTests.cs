using System.Diagnostics;
using System.Text;
using Orleans.Workflows.CliTests.Silo;
using OsProcess = System.Diagnostics.Process;

namespace Orleans.Workflows.CliTests.Executable;

public sealed class ExecutableTests(EmbeddedSiloFixture silo)
{
    [Fact]
    public async Task Owf_Help_NamesCommandsAndExitCodes()
    {
        var ran = (await Owf.RunAsync("--help")).ShouldExitWith(0);

        ran.Lines.ShouldContain("  owf [command] [options]");
        ran.Lines.ShouldContain("    4  no connection to a silo, or it cannot take the call now");
        ran.Lines.ShouldContain(static line => line.StartsWith("  kill <ID>", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Owf_WrongUsage_ExitsWith2() =>
        (await Owf.RunAsync("list", "--state", "Sleeping")).ShouldExitWith(2).Out.ShouldBeEmpty();

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

        ran.Error.ShouldStartWith("The database does not answer. Tried the cluster on PostgreSQL 127.0.0.1:1/none: ");
        ran.Error.ShouldNotContain("geheim");
    }

    [Fact]
    public async Task Owf_UnreadableConnectionStringInTheEnvironment_ExitsWith2()
    {
        var ran = (
            await Owf.EndAsync(Owf.Start([("ConnectionStrings__Workflows", "ge;heim")], "list"))
        ).ShouldExitWith(2);

        ran.Error.ShouldStartWith("ConnectionStrings__Workflows: The connection string cannot be read");
    }

    [Theory]
    [InlineData("owf list --data-folder /nowhere 2>&-", 4, "")]
    [InlineData("owf bogus 2>&-", 2, "")]
    [InlineData("owf types --data-folder /nowhere >&- 2>&-", 4, "")]
    [InlineData("owf --help >&-", 1, "Standard output cannot be written: ")]
    [InlineData("owf --help >/dev/full", 1, "Standard output cannot be written: No space left on device")]
    public async Task Owf_OutputThatIsClosedOrFull_EndsWithItsExitCode(string line, int exitCode, string error)
    {
        var ran = (await Owf.RunInShellAsync(line)).ShouldExitWith(exitCode);

        ran.Out.ShouldBeEmpty();
        ran.Error.ShouldStartWith(error);
        ran.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(error.Length == 0 ? 0 : 1);
    }

    [Theory]
    [InlineData("LANG", "C")]
    [InlineData("LC_ALL", "POSIX")]
    [InlineData("LC_ALL", "de_DE.ISO-8859-1")]
    public async Task Owf_AnyLocale_ReadsAndWritesUtf8(string variable, string locale)
    {
        const string Text = "hé€\U0001F600";
        using var owf = Owf.Start(
            [(variable, locale)],
            "start",
            "test/echo",
            "--input-file",
            "-",
            "--wait",
            "--data-folder",
            silo.DataFolder);
        await owf.StandardInput.BaseStream.WriteAsync(
            Encoding.UTF8.GetBytes($$"""{"text":"{{Text}}"}"""),
            TestContext.Current.CancellationToken);
        owf.StandardInput.Close();

        var answer = (await Owf.EndAsync(owf)).ShouldExitWith(0);
        var error = (await Owf.EndAsync(Owf.Start([(variable, locale)], "list", "--state", Text))).ShouldExitWith(2);

        answer.Out.ShouldContain($"\"text\": \"{Text}\"");
        error.Error.ShouldContain(Text);
    }

    [Theory]
    [InlineData("LANG=C.UTF-8")]
    [InlineData("LC_ALL=de_DE.ISO-8859-1")]
    public async Task Owf_ArgumentThatIsNotUtf8_ExitsWith2AndSaysWhich(string locale)
    {
        // A shell passes bytes on as they are.
        var ran = (
            await Owf.RunInShellAsync(
                $$"""{{locale}} owf start test/echo --json --input "$(printf '{"text":"h\351"}')" """)
        ).ShouldExitWith(2);

        ran.Problem.GetProperty("code").GetString().ShouldBe("WrongUsage");
        ran.Problem.GetProperty("message").GetString().ShouldNotBeNull().ShouldStartWith("Argument 5 is not UTF-8: ");
    }

    [Fact]
    public async Task Owf_ReplacementCharacterThatIsMeant_IsRead()
    {
        var ran = (
            await Owf.RunAsync(
                "start",
                "test/echo",
                "--input",
                "{\"text\":\"\uFFFD\"}",
                "--wait",
                "--data-folder",
                silo.DataFolder)
        ).ShouldExitWith(0);

        ran.Out.ShouldContain("\"text\": \"\uFFFD\"");
    }

    [Fact]
    public async Task Owf_DatabaseRefusesThePassword_SaysSo()
    {
        using var database = new RefusingDatabase("28P01", "password authentication failed for user \"owf\"");

        var ran = (
            await Owf.RunAsync("list", "--connection-string", database.ConnectionString, "--json")
        ).ShouldExitWith(4);

        ran.Out.ShouldBeEmpty();
        ran.Problem.GetProperty("code").GetString().ShouldBe("NoConnection");
        ran.Problem.GetProperty("message")
            .GetString()
            .ShouldBe(
                $"The database refuses the user. Tried the cluster on PostgreSQL 127.0.0.1:{database.Port}/workflows: "
                + "password authentication failed for user \"owf\".");
        ran.Problem.GetProperty("hint").GetString().ShouldNotBeNull().ShouldStartWith("Check Username and Password");
    }

    [Fact]
    public async Task Owf_OnATerminal_HasColorsUnlessTheyAreNotWanted()
    {
        var id = $"t{Guid.NewGuid():N}";
        var options = new StartOptions { Id = ProcessId.Parse(id), Paused = true };
        await silo.Processes.StartJsonAsync(
            "test/approval",
            "{}"u8.ToArray(),
            options,
            TestContext.Current.CancellationToken);
        var list = $"owf list --id-prefix {id} --data-folder {silo.DataFolder}";

        var terminal = (
            await Owf.RunInShellAsync(OnTerminal($"export TERM=xterm NO_COLOR=; stty cols 80; {list}"))
        ).ShouldExitWith(0);
        var unwanted = (
            await Owf.RunInShellAsync(OnTerminal($"export TERM=xterm NO_COLOR=1; stty cols 80; {list}"))
        ).ShouldExitWith(0);
        var pipe = (await Owf.RunInShellAsync($"export TERM=xterm NO_COLOR=; {list}")).ShouldExitWith(0);

        terminal.Out.ShouldContain("\e[33mCreated, paused\e[0m");
        unwanted.Out.ShouldContain("Created, paused");
        unwanted.Out.ShouldNotContain("\e[33m");
        pipe.Out.ShouldContain("Created, paused");
        pipe.Out.ShouldNotContain('\e');

        static string OnTerminal(string commands) => $"script --quiet --return --command '{commands}' /dev/null";
    }

    [Fact]
    public async Task Owf_StartAndWait_WritesOnlyTheDocument()
    {
        var ran = (
            await Owf.RunAsync("start", "test/echo", "--wait", "--json", "--data-folder", silo.DataFolder)
        ).ShouldExitWith(0);

        ran.Json.GetProperty("outcome").GetProperty("state").GetString().ShouldBe("Finished");
        ran.Error.ShouldBeEmpty();
    }

    [Fact]
    public async Task Owf_CtrlC_EndsTheWaitingOnly()
    {
        using var owf = Owf.Start("start", "test/approval", "--wait", "--data-folder", silo.DataFolder);
        var id = await owf.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);

        using var kill = OsProcess.Start("kill", ["-INT", $"{owf.Id}"]);
        var ran = (await Owf.EndAsync(owf)).ShouldExitWith(130);

        ran.Error.ShouldBe(
            $"Interrupted: only the waiting has ended, the process {id} goes on. See 'owf show {id}'.\n");
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
        (
            await Owf.RunAsync(
                "signal",
                id,
                "approval",
                "--payload",
                """{"text":"yes"}""",
                "--data-folder",
                silo.DataFolder)
        ).ShouldExitWith(0);
        var next = (
            await Owf.RunAsync(
                "start",
                "test/approval",
                "--id",
                id,
                "--use-existing",
                "--wait",
                "--json",
                "--data-folder",
                silo.DataFolder)
        ).ShouldExitWith(0);

        caller.ExitCode.ShouldBe(128 + 9);
        next.Json.GetProperty("wasCreated").GetBoolean().ShouldBeFalse();
        next.Json.GetProperty("outcome").GetProperty("output").GetProperty("text").GetString().ShouldBe("yes");
    }
}
