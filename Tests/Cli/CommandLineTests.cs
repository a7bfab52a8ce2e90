using Orleans.Workflows.Cli;
using Orleans.Workflows.Cli.Commands;
using Orleans.Workflows.Cli.Connection;
using Orleans.Workflows.Cli.Writing;
using Orleans.Workflows.CliTests.Silo;

namespace Orleans.Workflows.CliTests;

public sealed class CommandLineTests(EmbeddedSiloFixture silo)
{
    public static TheoryData<string> CommandNames =>
    [
        .. typeof(OwfCommand).Assembly.GetTypes()
            .Where(static type => type.IsSubclassOf(typeof(OwfCommand)) && !type.IsAbstract)
            .Select(static type => ((OwfCommand)Activator.CreateInstance(type)!).Name),
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("--json=maybe list", "maybe")]
    [InlineData("lost", "'lost'")]
    [InlineData("show", "Required argument 'ID' missing")]
    [InlineData("show a b", "'b'")]
    [InlineData("show a//b", "empty part")]
    [InlineData("why ä", "illegal character")]
    [InlineData("list --state Sleeping", "Sleeping")]
    [InlineData("list --state 3", "'3'")]
    [InlineData("list --limit 0", "'0' is no number from 1 to 100000")]
    [InlineData("list --limit many", "'many' is no number")]
    [InlineData("list --limit", "--limit")]
    [InlineData("list --limit 1 --limit 2", "--limit")]
    [InlineData("list --tag", "--tag")]
    [InlineData("list --gateway", "--gateway")]
    [InlineData("start t --delay", "--delay")]
    [InlineData("start t --input", "--input")]
    [InlineData("list --tag color", "KEY=VALUE")]
    [InlineData("list --tag a=1 --tag a=2", "'a' is given twice")]
    [InlineData("list --created-after yesterday", "'yesterday' is no time")]
    [InlineData("list --parent a?b", "illegal character")]
    [InlineData("history a --after -1", "'-1' is no number")]
    [InlineData("start t --delay soon", "'soon' is no duration")]
    [InlineData("start t --delay 5", "'5' is no duration")]
    [InlineData("start t --id a/b", "cannot be the id of a new process")]
    [InlineData("start t --input {", "This is no JSON")]
    [InlineData("start t --input {} --input-file -", "not both")]
    [InlineData("signal a b --payload {", "This is no JSON")]
    [InlineData("create t --delay 5s", "'--delay'")]
    [InlineData("create t --id a/b", "cannot be the id of a new process")]
    [InlineData("create t --input {} --input-file -", "not both")]
    [InlineData("report a --level 3", "'3'")]
    [InlineData("report a --after -1", "'-1' is no number from 0 to 9223372036854775807")]
    [InlineData("skip a --to", "--to")]
    [InlineData("edit a", "--patch")]
    [InlineData("edit a --patch {} --input {}", "one of them")]
    [InlineData("edit a --input {", "This is no JSON")]
    [InlineData("edit a --patch {", "This is no JSON")]
    [InlineData("edit a --patch @", "This is no JSON")]
    [InlineData("describe", "Required argument 'TYPE' missing")]
    [InlineData("list --gateway localhost", "write HOST:PORT")]
    [InlineData("list --gateway a:1 --data-folder b", "not several")]
    [InlineData("list --connection-string Host=a;Database=b --data-folder b", "not several")]
    [InlineData("list --connection-string Host=a;Database=b --gateway a:1", "not several")]
    [InlineData("list --connection-string Host=a;Geheim=b", "Write it as 'Host=")]
    [InlineData("list --connection-string Database=b", "names no Host. Write it as 'Host=")]
    [InlineData("list --timeout 0", "'0' is no number from 1 to 86400")]
    public async Task Run_WrongUsage_SaysWhatIsWrongWithoutConnecting(string args, string message)
    {
        var ran = (
            await RunAsync(
                static (_, _) => throw new InvalidOperationException("It connects."),
                Token,
                args.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        ).ShouldExitWith(2);

        ran.Out.ShouldBeEmpty();
        ran.Error.ShouldContain(message);
        ran.Error.ShouldContain("--help'.");
    }

    [Fact]
    public async Task Run_UnexpectedError_IsOneLineAndAHint()
    {
        var ran = (
            await RunAsync(static (_, _) => throw new InvalidOperationException("Odd.\nVery."), Token, "list")
        ).ShouldExitWith(1);

        ran.Error.ShouldBe("Unexpected InvalidOperationException: Odd.\\nVery.\n--verbose shows more.\n");
    }

    [Fact]
    public async Task Run_UnexpectedErrorVerbose_HasTheStackTrace()
    {
        var ran = (
            await RunAsync(static (_, _) => throw new InvalidOperationException("Odd."), Token, "list", "--verbose")
        ).ShouldExitWith(1);

        ran.Error.ShouldContain("\n   at Orleans.Workflows.Cli");
    }

    [Fact]
    public async Task Run_UnexpectedErrorVerboseJson_HasTheStackTraceInItsOneLine()
    {
        var ran = (
            await RunAsync(
                static (_, _) => throw new InvalidOperationException("Odd."),
                Token,
                "list",
                "--verbose",
                "--json")
        ).ShouldExitWith(1);

        ran.Error.Count(static character => character == '\n').ShouldBe(1);
        ran.Problem.GetProperty("code").GetString().ShouldBe("Unexpected");
        ran.Problem.GetProperty("detail").GetString().ShouldNotBeNull().ShouldContain("   at Orleans.Workflows.Cli");
    }

    [Fact]
    public async Task Run_Bare_Helps()
    {
        var ran = (
            await RunAsync(static (_, _) => throw new InvalidOperationException("It connects."), Token)
        ).ShouldExitWith(0);

        ran.Out.ShouldContain("Usage:\n  owf [command] [options]");
        ran.Out.ShouldContain("Exit codes:");
        ran.Error.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("lsit", "Did you mean 'list'? See 'owf --help'.")]
    [InlineData("List", "Did you mean 'list'? See 'owf --help'.")]
    [InlineData("list --stat Running", "Did you mean '--state'? See 'owf list --help'.")]
    [InlineData("list --stat=Running", "Did you mean '--state'? See 'owf list --help'.")]
    [InlineData("show a --jsno", "Did you mean '--json'? See 'owf show --help'.")]
    [InlineData("list --gatway a:1 --wied", "Did you mean '--gateway'? Did you mean '--wide'? See 'owf list --help'.")]
    [InlineData("frobnicate", "See 'owf --help'.")]
    [InlineData("show a b", "See 'owf show --help'.")]
    public async Task Run_SlipOfThePen_NamesWhatIsNear(string args, string hint)
    {
        var text = await RunAsync(
            static (_, _) => throw new InvalidOperationException("It connects."),
            Token,
            args.Split(' '));
        var json = await RunAsync(
            static (_, _) => throw new InvalidOperationException("It connects."),
            Token,
            [.. args.Split(' '), "--json"]);

        text.ShouldExitWith(2).Error.ShouldEndWith($"\n{hint}\n");
        json.ShouldExitWith(2).Problem.GetProperty("hint").GetString().ShouldBe(hint);
    }

    [Theory]
    [InlineData(
        "list --state waitng",
        "There is no 'waitng'. Did you mean 'Waiting'? There are: Created, Running, Waiting, Finished, Excepted, "
        + "Killed."
    )]
    [InlineData("list --state 2", "There is no '2'. There are: Created, ")]
    [InlineData("report a --level warnin", "There is no 'warnin'. Did you mean 'Warning'? There are: Debug, ")]
    public async Task Run_ValueThatHasNoSuchName_NamesThoseThatThereAre(string args, string message)
    {
        var ran = await RunAsync(
            static (_, _) => throw new InvalidOperationException("It connects."),
            Token,
            args.Split(' '));

        ran.ShouldExitWith(2).Error.ShouldStartWith(message);
    }

    [Fact]
    public async Task Run_WrongUsageJson_HasTheOneShape()
    {
        var ran = (
            await RunAsync(
                static (_, _) => throw new InvalidOperationException("It connects."),
                Token,
                "list",
                "--limit",
                "0",
                "--json")
        ).ShouldExitWith(2);

        ran.Out.ShouldBeEmpty();
        ran.Error.ShouldBe(
            """{"error":{"code":"WrongUsage","exitCode":2,"message":"'0' is no number from 1 to 100000.","""
            + "\"hint\":\"See 'owf list "
            + "--help'.\",\"processId\":null,\"messageId\":null,\"faults\":[],\"detail\":null}}\n");
    }

    [Fact]
    public async Task Run_CharactersThatActOnATerminal_AreShownInErrorsToo()
    {
        var text = await RunAsync(
            static (_, _) => throw new WorkflowException(Failing.Message),
            Token,
            "list",
            "--verbose");
        var json = await RunAsync(
            static (_, _) => throw new WorkflowException(Failing.Message),
            Token,
            "list",
            "--json");
        var usage = await RunAsync(
            static (_, _) => throw new InvalidOperationException("It connects."),
            Token,
            "list",
            "--limit",
            Failing.Message);

        text.ShouldExitWith(1).Error.ShouldStartWith(Failing.Shown + "\n");
        text.Error.ShouldNotContain('\e');
        text.Error.ShouldNotContain('\u202E');
        json.ShouldExitWith(1).Error.ShouldNotContain('\u202E');
        json.Problem.GetProperty("message").GetString().ShouldBe(Failing.Message);
        usage.ShouldExitWith(2).Error.ShouldContain($"'{Failing.Shown}' is no number");
    }

    [Fact]
    public async Task Run_Overloaded_ExitsWithUnavailable() =>
        (await RunAsync(static (_, _) => throw new WorkflowOverloadedException("Too much."), Token, "list"))
            .ShouldExitWith(4)
            .Error.ShouldBe("Too much.\n");

    [Fact]
    public async Task Run_Settings_ReachTheConnection()
    {
        ConnectionSettings? asked = null;

        await RunAsync(
            Connect,
            Token,
            "list",
            "--gateway",
            "silo-0:30000",
            "--gateway",
            "[::1]:30001",
            "--timeout",
            "3",
            "--verbose");

        asked.ShouldNotBeNull().ToString().ShouldBe("the gateway silo-0:30000, ::1:30001");
        asked.Timeout.ShouldBe(TimeSpan.FromSeconds(3));
        asked.Verbose.ShouldBeTrue();

        Task<ConnectedClient> Connect(ConnectionSettings settings, CancellationToken cancellationToken)
        {
            asked = settings;
            return Task.FromResult(silo.Share());
        }
    }

    [Fact]
    public async Task Run_InterruptedWhileWaiting_SaysThatTheProcessGoesOn()
    {
        using var interrupt = CancellationTokenSource.CreateLinkedTokenSource(Token);
        using var output = new InterruptingWriter(interrupt);
        using var error = new StringWriter { NewLine = "\n" };
        var id = $"t{Guid.NewGuid():N}";

        var code = await CommandLine.RunAsync(
            ["start", "test/approval", "--id", id, "--wait"],
            new Terminal(Stream.Null, output, error, Width: null),
            (_, _) => Task.FromResult(silo.Share()),
            interrupt.Token);

        code.ShouldBe(130);
        error
            .ToString()
            .ShouldBe($"Interrupted: only the waiting has ended, the process {id} goes on. See 'owf show {id}'.\n");
        (await silo.Processes.GetHandle(ProcessId.Parse(id)).GetStatusAsync(Token))
            .Summary.State.IsTerminal()
            .ShouldBeFalse();
    }

    [Fact]
    public async Task Run_InterruptedWhileConnecting_SaysSo()
    {
        using var interrupt = new CancellationTokenSource();

        var ran = await RunAsync(Connect, interrupt.Token, "list");

        ran.ShouldExitWith(130).Error.ShouldBe("Interrupted.\n");

        async Task<ConnectedClient> Connect(ConnectionSettings settings, CancellationToken cancellationToken)
        {
            await interrupt.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
            return silo.Share();
        }
    }

    [Fact]
    public async Task Run_InterruptedWhileReadingInput_DoesNotWaitForIt()
    {
        using var interrupt = new CancellationTokenSource();
        using var input = new EndlessStream(interrupt);
        using var error = new StringWriter { NewLine = "\n" };

        var code = await CommandLine.RunAsync(
            ["start", "test/echo", "--input-file", "-"],
            new Terminal(input, TextWriter.Null, error, Width: null),
            (_, _) => Task.FromResult(silo.Share()),
            interrupt.Token);
        input.End();

        code.ShouldBe(130);
        error.ToString().ShouldBe("Interrupted.\n");
    }

    [Theory]
    [MemberData(nameof(CommandNames))]
    public async Task Help_OfACommand_HasExamples(string command)
    {
        var ran = (
            await RunAsync(
                static (_, _) => throw new InvalidOperationException("It connects."),
                Token,
                command,
                "--help")
        ).ShouldExitWith(0);

        ran.Out.ShouldContain($"owf {command}");
        ran.Out.ShouldContain("Examples:\n  ");
        ran.Error.ShouldBeEmpty();
    }

    private static async Task<Ran> RunAsync(
        Func<ConnectionSettings, CancellationToken, Task<ConnectedClient>> connect,
        CancellationToken cancellationToken,
        params string[] args)
    {
        using StringWriter output = new() { NewLine = "\n" },
            error = new() { NewLine = "\n" };
        var code = await CommandLine.RunAsync(
            args,
            new Terminal(Stream.Null, output, error, Width: null),
            connect,
            cancellationToken);
        return new Ran(code, output.ToString(), error.ToString());
    }

    /// <summary>Interrupts a run at its first line, which start writes before it waits.</summary>
    private sealed class InterruptingWriter(CancellationTokenSource interrupt) : StringWriter
    {
        /// <inheritdoc/>
        public override void WriteLine(string? value) => interrupt.Cancel();
    }

    /// <summary>Interrupts a run that reads from it, and has nothing to read until it is closed.</summary>
    private sealed class EndlessStream(CancellationTokenSource interrupt) : MemoryStream
    {
        private readonly ManualResetEventSlim _ended = new();

        /// <summary>Lets the reader go.</summary>
        public void End() => _ended.Set();

        /// <inheritdoc/>
        public override int Read(Span<byte> buffer)
        {
            interrupt.Cancel();
            _ended.Wait(TimeSpan.FromSeconds(30)).ShouldBeTrue("The run waits for its input.");
            return 0;
        }
    }
}
