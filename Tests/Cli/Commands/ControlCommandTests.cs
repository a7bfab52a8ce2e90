using Orleans.Workflows.CliTests.Silo;

namespace Orleans.Workflows.CliTests.Commands;

public sealed class ControlCommandTests(EmbeddedSiloFixture silo) : CommandTest(silo)
{
    [Fact]
    public async Task Pause_Wait_PausesWithItsTextAsItIs()
    {
        var process = await Processes.StartJsonAsync("test/approval", "{}"u8.ToArray(), cancellationToken: Token);

        var ran = (await RunAsync("pause", process.Id.Value, "--text", "@bob, until noon", "--wait")).ShouldExitWith(0);

        ran.Out.ShouldBe("Applied.\n");
        var summary = (await process.GetStatusAsync(Token)).Summary;
        summary.Paused.ShouldBeTrue();
        summary.StatusText.ShouldBe("@bob, until noon");
    }

    [Fact]
    public async Task Play_Wait_LetsItGoOn()
    {
        var id = await StartPausedAsync("test/echo");

        (await RunAsync("play", id, "--wait")).ShouldExitWith(0).Out.ShouldBe("Applied.\n");

        (await Processes.GetHandle(ProcessId.Parse(id)).WaitAsync(Token)).IsSuccess.ShouldBeTrue();
    }

    [Fact]
    public async Task Kill_Wait_EndsItWithItsText()
    {
        var id = await StartPausedAsync();

        var json = (await RunAsync("kill", id, "--text", "no more", "--wait", "--json")).ShouldExitWith(0).Json;

        json.ToString().ShouldBe($$"""
            {
              "id": "{{id}}",
              "status": "Accepted",
              "effect": "Applied"
            }
            """);
        var outcome = await Processes.GetHandle(ProcessId.Parse(id)).WaitAsync(Token);
        outcome.State.ShouldBe(ProcessState.Killed);
        outcome.Message.ShouldNotBeNull().ShouldContain("no more");
    }

    [Fact]
    public async Task Pause_WithoutWait_IsAccepted()
    {
        var process = await Processes.StartJsonAsync("test/approval", "{}"u8.ToArray(), cancellationToken: Token);

        var json = (await RunAsync("pause", process.Id.Value, "--json")).ShouldExitWith(0).Json;

        json.GetProperty("status").GetString().ShouldBe("Accepted");
        json.GetProperty("effect").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
    }

    [Fact]
    public async Task Pause_PausedAlready_IsDone() =>
        (await RunAsync("pause", await StartPausedAsync())).ShouldExitWith(0).Out.ShouldBe("Already so.\n");

    [Theory]
    [InlineData("pause")]
    [InlineData("play")]
    [InlineData("kill")]
    [InlineData("kill", "--force")]
    [InlineData("retry")]
    [InlineData("skip", "--to", "RunAsync")]
    [InlineData("edit", "--patch", "{}")]
    public async Task Control_EndedProcess_IsRefused(string command, params string[] options)
    {
        var id = await StartEndedAsync();

        var text = (await RunAsync([command, id, "--wait", .. options])).ShouldExitWith(1);
        var json = (await RunAsync([command, id, "--json", .. options])).ShouldExitWith(1).Json;

        text.Out.ShouldBeEmpty();
        text.Error.ShouldBe($"Refused: the process {id} has ended.\n");
        json.GetProperty("status").GetString().ShouldBe("RefusedTerminal");
    }

    [Fact]
    public async Task Kill_Force_DoesNotWaitForTheStep()
    {
        var id = NewId();
        (await RunAsync("start", "test/stubborn", "--id", id)).ShouldExitWith(0);

        var ran = (await RunAsync("kill", id, "--force", "--text", "no more")).ShouldExitWith(0);
        var state = await StateOfAsync(id);
        Stubborn.Release(id);

        ran.Out.ShouldBe("Accepted.\n");
        state.State.ShouldBe(ProcessState.Killed);
    }

    [Theory]
    [InlineData]
    [InlineData("--wait")]
    public async Task Kill_StepDoesNotAnswer_SaysHowLongItTakesAndWhatToDo(params string[] options)
    {
        var id = NewId();
        (await RunAsync("start", "test/stubborn", "--id", id)).ShouldExitWith(0);

        var ran = (await RunAsync(["kill", id, .. options])).ShouldExitWith(0);
        Stubborn.Release(id);

        ran.Out.ShouldBe(options.Length == 0 ? "Accepted.\n" : "Applied.\n");
        ran.Error.ShouldStartWith("The end of the step 'RunAsync', to be killed. It ");
        ran.Error.ShouldContain("is killed without an answer after 12 s, and at once by force");
        ran.Error.ShouldContain($"owf kill {id} --force");
    }

    [Fact]
    public async Task Pause_WaitAndTheProcessEndsBefore_IsRefused()
    {
        var id = NewId();
        (await RunAsync("start", "test/stubborn", "--id", id)).ShouldExitWith(0);

        var waiting = RunAsync("pause", id, "--wait");
        await Eventually.TrueAsync(
            "a pause on its way",
            async () =>
                (await Processes.GetHandle(ProcessId.Parse(id)).GetStatusAsync(Token)).Pending.Contains("Pause"));
        Stubborn.Release(id);
        var ran = (await waiting).ShouldExitWith(1);

        ran.Out.ShouldBeEmpty();
        ran.Error.ShouldBe($"Refused: it came too late for the process {id}. See 'owf history {id}'.\n");
    }

    [Fact]
    public async Task PauseAndPlay_Tree_ReachTheChildren()
    {
        var id = await StartFamilyAsync("test/approval");

        (await RunAsync("pause", id, "--tree", "--wait")).ShouldExitWith(0).Out.ShouldBe("Applied.\n");
        await Eventually.TrueAsync("the child to be paused", async () => (await StateOfAsync($"{id}/0.0")).Paused);
        (await RunAsync("play", id, "--tree", "--wait")).ShouldExitWith(0).Out.ShouldBe("Applied.\n");

        await Eventually.TrueAsync("the child to be played", async () => !(await StateOfAsync($"{id}/0.0")).Paused);
    }

    private async Task<ProcessSummary> StateOfAsync(string id) =>
        (await Processes.GetHandle(ProcessId.Parse(id)).GetStatusAsync(Token)).Summary;
}
