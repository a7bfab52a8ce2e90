using System.Text.Json;
using Orleans.Workflows.CliTests.Silo;

namespace Orleans.Workflows.CliTests.Commands;

public sealed class SignalCommandTests(EmbeddedSiloFixture silo) : CommandTest(silo)
{
    [Fact]
    public async Task Signal_Payload_ReachesTheProcess()
    {
        var process = await Processes.StartJsonAsync("test/approval", "{}"u8.ToArray(), cancellationToken: Token);

        var ran = (
            await RunAsync("signal", process.Id.Value, "approval", "--payload", """{"text":"@anna"}""")
        ).ShouldExitWith(0);

        ran.Out.ShouldStartWith("Stored as ");
        var outcome = await process.WaitAsync(Token);
        WorkflowJson.Read<Echo.Out>(outcome.Output!, "output").ShouldBe(new Echo.Out("@anna"));
    }

    [Fact]
    public async Task Signal_OfANameThatTheDefinitionDoesNotHave_IsStored_AndAsksWhatWasMeant()
    {
        var process = await Processes.StartJsonAsync("test/visit", "{}"u8.ToArray(), cancellationToken: Token);

        var text = await RunAsync("signal", process.Id.Value, "arived", "--signal-id", "s");
        var json = await RunAsync("signal", process.Id.Value, "arived", "--json");

        text.ShouldExitWith(0).Out.ShouldBe("Stored as s.\n");
        text.Error.ShouldBe(
            $"The definition of the process {process.Id} never waits for the signal 'arived', which is kept in vain; "
            + "it "
            + "waits for: arrived, left. Did you mean 'arrived'?\n");
        json.ShouldExitWith(0).Json.GetProperty("awaitedNames").EnumerateArray().Select(static name => name.GetString())
            .ShouldBe(["arrived", "left"]);
    }

    [Fact]
    public async Task Signal_SameIdAgain_IsKnown()
    {
        var id = await StartPausedAsync();
        string[] args = ["signal", id, "approval", "--signal-id", "mail-1"];

        var first = (await RunAsync([.. args, "--json"])).ShouldExitWith(0).Json;
        var second = (await RunAsync([.. args, "--json"])).ShouldExitWith(0).Json;
        var text = (await RunAsync(args)).ShouldExitWith(0);

        Ran.ShouldHaveMembers(first, "id", "name", "signalId", "wasStored", "effect");
        first.GetProperty("effect").ValueKind.ShouldBe(JsonValueKind.Null);
        first.GetProperty("wasStored").GetBoolean().ShouldBeTrue();
        second.GetProperty("wasStored").GetBoolean().ShouldBeFalse();
        text.Out.ShouldBe("Known already: mail-1.\n");
    }

    [Fact]
    public async Task Drop_OfASignalThatIsKept_GivesItUp_AndItsWaitSaysSo()
    {
        var process = await Processes.StartJsonAsync("test/approval", "{}"u8.ToArray(), cancellationToken: Token);
        using var error = new TellingWriter();
        var waiting = RunAsync("", ["signal", process.Id.Value, "other", "--wait", "--signal-id", "mail-1"], error);
        await error.Told.WaitAsync(TimeSpan.FromSeconds(20), Token);

        var drop = await RunAsync("drop", process.Id.Value, "mail-1", "--note", "ann: not for this one", "--wait");
        var again = await RunAsync("drop", process.Id.Value, "mail-1", "--json");

        drop.ShouldExitWith(0).Out.ShouldBe("Applied.\n");
        again.ShouldExitWith(1).Json.GetProperty("status").GetString().ShouldBe("RefusedNoSignal");
        (await waiting.WaitAsync(TimeSpan.FromSeconds(20), Token))
            .ShouldExitWith(1)
            .Error.ShouldContain("Refused: the signal was dropped.");
        (await RunAsync("history", process.Id.Value)).ShouldExitWith(0).Out.ShouldContain("ann: not for this one");
    }

    [Fact]
    public async Task Signal_Wait_WaitsUntilItIsTakenIn()
    {
        var first = await Processes.StartJsonAsync("test/approval", "{}"u8.ToArray(), cancellationToken: Token);
        var second = await Processes.StartJsonAsync("test/approval", "{}"u8.ToArray(), cancellationToken: Token);

        var text = (
            await RunAsync(
                "signal",
                first.Id.Value,
                "approval",
                "--payload",
                """{"text":"yes"}""",
                "--wait",
                "--signal-id",
                "s")
        ).ShouldExitWith(0);
        var json = (
            await RunAsync(
                "signal",
                second.Id.Value,
                "approval",
                "--payload",
                """{"text":"yes"}""",
                "--wait",
                "--json"))
            .ShouldExitWith(0)
            .Json;

        text.Out.ShouldBe("Stored as s.\nApplied.\n");
        json.GetProperty("effect").GetString().ShouldBe("Applied");
        (await first.GetOutcomeAsync(Token)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Signal_WaitForOneThatIsKeptAndNeverTaken_SaysSoAndIsRefused()
    {
        var process = await Processes.StartJsonAsync("test/approval", "{}"u8.ToArray(), cancellationToken: Token);
        using var error = new TellingWriter();

        var running = RunAsync("", ["signal", process.Id.Value, "other", "--wait", "--signal-id", "s"], error);
        await error.Told.WaitAsync(TimeSpan.FromSeconds(20), Token);
        running.IsCompleted.ShouldBeFalse();
        (await RunAsync("signal", process.Id.Value, "approval", "--payload", """{"text":"yes"}""")).ShouldExitWith(0);
        var ran = (await running.WaitAsync(TimeSpan.FromSeconds(20), Token)).ShouldExitWith(1);

        ran.Out.ShouldBe("Stored as s.\n");
        ran.Error.ShouldBe(
            $"The process {process.Id} does not take 'other' yet, and keeps the signal until it does. The waiting goes "
            + $"on; see 'owf why {process.Id}'.\n"
            + $"Refused: the process {process.Id} ended before it took the signal in.\n");
    }

    /// <summary>The signal is stored: that the silo dies by which it is waited for is no end of the waiting.</summary>
    [Fact]
    public async Task Signal_WaitWhoseSiloIsAway_SaysSoAndGoesOn()
    {
        var id = await StartPausedAsync();
        var process = Processes.GetHandle(ProcessId.Parse(id));
        var lost = new LostSilo();
        await using var client = await lost.ConnectAsync(DataFolder, Token);
        using var error = new TellingWriter("does not take");

        var running = RunByAsync(
            client, error, "signal", id, "approval", "--payload", """{"text":"yes"}""", "--signal-id", "s", "--wait");
        await error.Told.WaitAsync(TimeSpan.FromSeconds(30), Token);
        lost.IsAway = true;
        await error.Await("did not answer").WaitAsync(TimeSpan.FromSeconds(30), Token);
        lost.IsAway = false;
        await lost.Answered.WaitAsync(TimeSpan.FromSeconds(30), Token);
        running.IsCompleted.ShouldBeFalse();
        await process.PlayAsync(cancellationToken: Token);

        var ran = (await running.WaitAsync(TimeSpan.FromSeconds(30), Token)).ShouldExitWith(0);
        ran.Out.ShouldBe("Stored as s.\nApplied.\n");
        ran.Error.ShouldBe(
            $"The process {id} does not take 'approval' yet, and keeps the signal until it does. The waiting goes "
            + $"on; see 'owf why {id}'.\n"
            + "The cluster did not answer within 00:00:01: The silo is gone. The same call can be made again. "
            + "The waiting goes on.\n");
    }

    [Fact]
    public async Task Signal_WaitThatMeetsAnIncident_SaysSoAndGoesOn()
    {
        var id = await StartBrokenAsync();
        using var error = new TellingWriter("has an incident");

        var running = RunAsync("", ["signal", id, "go", "--wait"], error);
        await error.Told.WaitAsync(TimeSpan.FromSeconds(20), Token);
        running.IsCompleted.ShouldBeFalse();
        (await RunAsync("kill", id)).ShouldExitWith(0);
        var ran = (await running.WaitAsync(TimeSpan.FromSeconds(20), Token)).ShouldExitWith(1);

        ran.Error.ShouldContain($"The process {id} has an incident, StepFailed after 1 attempts: ");
        ran.Error.ShouldContain($" The waiting goes on; see 'owf show {id}'.\n");
        ran.Error.ShouldEndWith($"Refused: the process {id} ended before it took the signal in.\n");
    }

    [Fact]
    public async Task Signal_WaitThatFailsOnAnIncident_EndsWithItsOwnExitCode()
    {
        var id = await StartBrokenAsync();
        string[] args = ["signal", id, "go", "--wait", "--fail-on-incident"];

        (await RunAsync(args)).ShouldExitWith(6).Error.ShouldContain("has an incident, StepFailed");
        var json = (await RunAsync([.. args, "--json"])).ShouldExitWith(6).Json;

        json.GetProperty("effect").ValueKind.ShouldBe(JsonValueKind.Null);
        json.GetProperty("incident")
            .GetProperty("failure")
            .GetProperty("message")
            .GetString()
            .ShouldBe("The printer is on fire.");
        (await RunAsync("signal", id, "go", "--fail-on-incident"))
            .ShouldExitWith(2)
            .Error.ShouldContain("--fail-on-incident goes with --wait.");
    }

    [Fact]
    public async Task Signal_WithoutAPayloadThatItsStepNeeds_IsRefused()
    {
        var process = await Processes.StartJsonAsync("test/approval", "{}"u8.ToArray(), cancellationToken: Token);
        await Eventually.TrueAsync(
            "it waits",
            async () => (await process.GetStatusAsync(Token)).AwaitedSignal == "approval");

        var ran = (await RunAsync("signal", process.Id.Value, "approval")).ShouldExitWith(1);

        ran.Error.ShouldContain("The signal 'approval' has no payload, and the step 'Approved' needs one of the type");
    }

    [Fact]
    public async Task Signal_EndedProcess_ExitsWithFailed()
    {
        var ran = (await RunAsync("signal", await StartEndedAsync(), "approval")).ShouldExitWith(1);

        ran.Error.ShouldContain("comes too late");
    }

    [Fact]
    public async Task Signal_UnknownProcess_ExitsWithNotFound() =>
        (await RunAsync("signal", NewId(), "approval")).ShouldExitWith(3);

    [Fact]
    public async Task Signal_NameTooLong_ExitsWithWrongUsage()
    {
        var ran = (await RunAsync("signal", await StartPausedAsync(), new string('x', 201))).ShouldExitWith(2);

        ran.Error.ShouldNotContain("Parameter");
    }
}
