using System.Text;
using System.Text.Json;
using Orleans.Workflows.CliTests.Silo;

namespace Orleans.Workflows.CliTests.Commands;

public sealed class StartCommandTests(EmbeddedSiloFixture silo) : CommandTest(silo)
{
    [Fact]
    public async Task Start_Text_IsTheIdAlone()
    {
        var ran = (await RunAsync("start", "test/echo")).ShouldExitWith(0);

        var status = await Processes.GetHandle(ProcessId.Parse(ran.Out.TrimEnd('\n'))).GetStatusAsync(Token);
        status.Summary.Type.ShouldBe("test/echo");
        ran.Error.ShouldBeEmpty();
    }

    [Fact]
    public async Task Start_Json_HasNoOutcomeUnlessAwaited()
    {
        var id = NewId();

        var json = (await RunAsync("start", "test/echo", "--id", id, "--json")).ShouldExitWith(0).Json;

        json.ToString().ShouldBe($$"""
            {
              "id": "{{id}}",
              "wasCreated": true,
              "outcome": null
            }
            """);
    }

    [Fact]
    public async Task Start_Wait_WritesTheOutput()
    {
        var ran = (await RunAsync("start", "test/echo", "--input", """{"text":"hé"}""", "--wait")).ShouldExitWith(0);

        ran.Lines[1..].ShouldBe(["Finished, exit code 0", "{", "  \"text\": \"hé\"", "}"]);
    }

    [Fact]
    public async Task Start_WaitJson_IsOneDocumentWithTheOutput()
    {
        var json = (await RunAsync("start", "test/echo", "--input", """{"text":"hi"}""", "--wait", "--json"))
            .ShouldExitWith(0)
            .Json;

        Ran.ShouldHaveMembers(
            json.GetProperty("outcome"),
            "state",
            "exitCode",
            "exitLabel",
            "message",
            "output",
            "failure",
            "finishedAt");
        json.GetProperty("outcome").GetProperty("output").GetProperty("text").GetString().ShouldBe("hi");
    }

    [Fact]
    public async Task Start_WaitThatMeetsAnIncident_SaysSoAndGoesOn()
    {
        var id = NewId();
        using var error = new TellingWriter();
        var running = RunAsync("", ["start", "test/repair", "--id", id, "--wait"], error);
        await error.Told.WaitAsync(TimeSpan.FromSeconds(20), Token);

        running.IsCompleted.ShouldBeFalse();
        (await RunAsync("edit", id, "--patch", """{"part":"valve"}""")).ShouldExitWith(0);
        (await RunAsync("retry", id)).ShouldExitWith(0);
        var ran = (await running).ShouldExitWith(0);

        ran.Error.ShouldStartWith(
            $"The process {id} has an incident, StepFailed after 1 attempts: The step 'Mend' failed: No part.");
        ran.Error.ShouldEndWith($" The waiting goes on; see 'owf show {id}'.\n");
        ran.Lines[1].ShouldBe("Finished, exit code 0");
    }

    [Fact]
    public async Task Start_WaitThatFailsOnAnIncident_EndsWithItsOwnExitCode()
    {
        string[] args = ["start", "test/broken", "--wait", "--fail-on-incident"];

        var text = (await RunAsync(args)).ShouldExitWith(6);
        var json = (await RunAsync([.. args, "--json"])).ShouldExitWith(6).Json;

        text.Error.ShouldContain("has an incident, StepFailed");
        text.Error.ShouldNotContain("goes on");
        json.GetProperty("outcome").ValueKind.ShouldBe(JsonValueKind.Null);
        json.GetProperty("incident")
            .GetProperty("failure")
            .GetProperty("message")
            .GetString()
            .ShouldBe("The printer is on fire.");
    }

    [Fact]
    public async Task Start_FailOnIncidentWithoutWait_ExitsWithWrongUsage() =>
        (await RunAsync("start", "test/echo", "--fail-on-incident"))
            .ShouldExitWith(2)
            .Error.ShouldContain("--fail-on-incident goes with --wait.");

    [Fact]
    public async Task Continue_WaitThatFailsOnAnIncident_EndsWithItsOwnExitCode()
    {
        var id = NewId();
        (await RunAsync("create", "test/broken", "--id", id)).ShouldExitWith(0);

        (await RunAsync("continue", id, "--wait", "--fail-on-incident"))
            .ShouldExitWith(6)
            .Error.ShouldContain("The printer is on fire.");
    }

    [Fact]
    public async Task Start_WaitForOneThatFails_ExitsWithFailed()
    {
        string[] args = ["start", "test/echo", "--input", """{"text":"out of\nink","exitCode":107}""", "--wait"];

        var text = (await RunAsync(args)).ShouldExitWith(1);
        var json = (await RunAsync([.. args, "--json"])).ShouldExitWith(1).Json;

        text.Lines[1].ShouldBe(@"Finished, exit code 107: out of\nink");
        json.GetProperty("outcome").GetProperty("exitCode").GetInt32().ShouldBe(107);
    }

    [Fact]
    public async Task Start_IdTaken_ExitsWithAlreadyExists()
    {
        var ran = (await RunAsync("start", "test/echo", "--id", await StartPausedAsync("test/echo"))).ShouldExitWith(5);

        ran.Out.ShouldBeEmpty();
        ran.Error.ShouldContain("There is already a process");
        ran.Error.ShouldContain("give --use-existing");
        ran.Error.ShouldNotContain("IfExists");
    }

    [Fact]
    public async Task Start_UseExisting_SaysThatItWasThere()
    {
        var id = await StartEndedAsync();

        var text = (await RunAsync("start", "test/echo", "--id", id, "--use-existing", "--wait")).ShouldExitWith(0);
        var json = (await RunAsync("start", "test/echo", "--id", id, "--use-existing", "--json"))
            .ShouldExitWith(0)
            .Json;

        text.Error.ShouldContain("was there already");
        text.Lines[1].ShouldBe("Finished, exit code 0");
        json.GetProperty("wasCreated").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task Start_Options_ReachTheProcess()
    {
        var id = NewId();

        (
            await RunAsync("start", "test/approval", "--id", id, "--delay", "2h", "--tag", "a=1", "--tag", "b=x=y")
        ).ShouldExitWith(0);

        var process = (await Processes.GetHandle(ProcessId.Parse(id)).GetStatusAsync(Token)).Summary;
        (process.DueAt - process.CreatedAt).ShouldBe(TimeSpan.FromHours(2));
        process.Tags.ShouldBe(new Dictionary<string, string> { ["a"] = "1", ["b"] = "x=y" }, ignoreOrder: true);
        process.Paused.ShouldBeFalse();
    }

    [Fact]
    public async Task Start_Paused_IsStoredPaused()
    {
        var id = NewId();

        (await RunAsync("start", "test/echo", "--id", id, "--paused")).ShouldExitWith(0);

        (await Processes.GetHandle(ProcessId.Parse(id)).GetStatusAsync(Token)).Summary.Paused.ShouldBeTrue();
    }

    [Fact]
    public async Task Start_DeadlinePassed_IsKilled()
    {
        var json = (await RunAsync("start", "test/approval", "--deadline", "0.2s", "--wait", "--json"))
            .ShouldExitWith(1)
            .Json;

        json.GetProperty("outcome").GetProperty("state").GetString().ShouldBe("Killed");
        json.GetProperty("outcome").GetProperty("exitCode").GetInt32().ShouldBe(EngineExitCodes.DeadlineExceeded);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Start_InputFromFileOrStandardInput_IsRead(bool marked)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, """{"text":"from a file"}""", new UTF8Encoding(marked), Token);

        var fromFile = await RunAsync("start", "test/echo", "--input-file", file, "--wait", "--json");
        var fromInput = await RunAsync(
            """{"text":"piped"}""",
            ["start", "test/echo", "--input-file", "-", "--wait", "--json"]);

        fromFile
            .ShouldExitWith(0)
            .Json.GetProperty("outcome")
            .GetProperty("output")
            .GetProperty("text")
            .GetString()
            .ShouldBe("from a file");
        fromInput
            .ShouldExitWith(0)
            .Json.GetProperty("outcome")
            .GetProperty("output")
            .GetProperty("text")
            .GetString()
            .ShouldBe("piped");
        File.Delete(file);
    }

    [Fact]
    public async Task Start_InputThatCannotBeRead_ExitsWithWrongUsage()
    {
        (await RunAsync("start", "test/echo", "--input-file", "/does/not/exist"))
            .ShouldExitWith(2)
            .Error.ShouldContain("/does/not/exist");
        (await RunAsync("{", ["start", "test/echo", "--input-file", "-"]))
            .ShouldExitWith(2)
            .Error.ShouldContain("Standard input: This is no JSON");
    }

    [Theory]
    [InlineData(new byte[] { (byte)'"', 0xC3, 0x28, (byte)'"' }, "its bytes are not UTF-8")]
    [InlineData(
        new byte[] { (byte)'"', (byte)'\\', (byte)'u', (byte)'d', (byte)'8', (byte)'0', (byte)'0', (byte)'"' },
        "half of a surrogate pair"
    )]
    public async Task Start_FileThatIsNoUnicode_ExitsWithWrongUsage(byte[] bytes, string fault)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllBytesAsync(file, bytes, Token);

        (await RunAsync("start", "test/echo", "--input-file", file)).ShouldExitWith(2).Error.ShouldContain(fault);
        (await RunAsync("edit", "p", "--patch", $"@{file}")).ShouldExitWith(2).Error.ShouldContain(fault);
        (await RunWithInputAsync(bytes, "start", "test/echo", "--input-file", "-"))
            .ShouldExitWith(2)
            .Error.ShouldContain(fault);
        (await RunWithInputAsync(bytes, "edit", "p", "--patch", "-")).ShouldExitWith(2).Error.ShouldContain(fault);
        File.Delete(file);
    }

    [Theory]
    [InlineData(64, "half of a surrogate pair")]
    [InlineData(65, "it nests more than 64 deep")]
    public async Task Signal_PayloadBeyondALimit_ExitsWithWrongUsage(int depth, string fault)
    {
        var payload = new string('[', depth) + (depth == 64 ? "\"\\udc00\"" : "") + new string(']', depth);

        (await RunAsync("signal", "p", "go", "--payload", payload)).ShouldExitWith(2).Error.ShouldContain(fault);
    }

    [Fact]
    public async Task Start_InputRefused_ExitsWithFailed()
    {
        var ran = (await RunAsync("start", "test/echo", "--input", """{"text":7}""")).ShouldExitWith(1);

        ran.Error.ShouldContain("The input of 'test/echo' is not valid");
    }

    [Fact]
    public async Task Start_InputRefusedJson_HasTheFaultsPortByPort()
    {
        var problem = (await RunAsync("start", "test/echo", "--input", """{"text":7,"exitCode":"no"}""", "--json"))
            .ShouldExitWith(1)
            .Problem;

        problem.GetProperty("code").GetString().ShouldBe("InvalidInput");
        problem
            .GetProperty("faults")
            .EnumerateArray()
            .Select(static fault => fault.GetProperty("path").GetString())
            .ShouldBe(["inputs.text", "inputs.exitCode"]);
    }

    [Theory]
    [InlineData("start")]
    [InlineData("create")]
    [InlineData("describe")]
    public async Task Command_TypeWithASlipOfThePen_NamesTheNearest(string command)
    {
        (await RunAsync(command, "test/bokoing"))
            .ShouldExitWith(3)
            .Error.ShouldEndWith("\nDid you mean 'test/booking'?\n");
        (await RunAsync(command, "entirely/else")).ShouldExitWith(3).Error.ShouldNotContain("Did you mean");
        (await RunAsync(command, "test/bokoing", "--json"))
            .ShouldExitWith(3)
            .Problem.GetProperty("hint")
            .GetString()
            .ShouldBe("Did you mean 'test/booking'?");
    }

    [Fact]
    public async Task Start_UnknownType_ExitsWithNotFound()
    {
        var ran = (await RunAsync("start", "test/nothing")).ShouldExitWith(3);

        ran.Error.ShouldContain("test/nothing");
    }
}
