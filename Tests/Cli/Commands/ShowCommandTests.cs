using System.Text.Json;
using Orleans.Workflows.CliTests.Silo;

namespace Orleans.Workflows.CliTests.Commands;

public sealed class ShowCommandTests(EmbeddedSiloFixture silo) : CommandTest(silo)
{
    [Fact]
    public async Task Show_Text_SaysWhereItStands()
    {
        var id = await StartPausedAsync(tags: new Dictionary<string, string> { ["size"] = "1", ["color"] = "red" });

        var ran = (await RunAsync("show", id)).ShouldExitWith(0);

        ran.Lines[0].ShouldBe($"Id           {id}");
        ran.Out.ShouldContain("State        Created, paused\n");
        ran.Out.ShouldContain("Waiting for  To be played: it is paused.\n");
        ran.Out.ShouldContain("Position     RunAsync\n");
        ran.Out.ShouldContain("Attempt      1, after 0 completed steps\n");
        ran.Out.ShouldContain("Tags         color=red, size=1\n");
        ran.Out.ShouldNotContain("Incident");
        ran.Out.ShouldNotContain("Finished");
    }

    [Fact]
    public async Task Show_MessagesThatWait_AreToldEachOnceWithHowOften()
    {
        var id = await StartPausedAsync();
        var process = Processes.GetHandle(ProcessId.Parse(id));
        foreach (var name in (string[])["go", "later", "go"])
        {
            await process.SignalAsync(name, cancellationToken: Token);
        }

        var ran = (await RunAsync("show", id)).ShouldExitWith(0);

        ran.Out.ShouldContain("Pending      Signal go (2 times), Signal later\n");
    }

    [Fact]
    public async Task Show_Incident_ShowsTheRemedy()
    {
        var id = await StartBrokenAsync();

        var ran = (await RunAsync("show", id)).ShouldExitWith(0);

        ran.Lines.ShouldContain(static line =>
            line.StartsWith("Incident     StepFailed after 1 attempts, opened ", StringComparison.Ordinal)
            && line.Contains("The printer is on fire."));
        ran.Lines.ShouldContain(static line => line.StartsWith("Remedy       ", StringComparison.Ordinal));
        ran.Out.ShouldContain(
            "\nFailure:\n  System.InvalidOperationException: The printer is on fire.\n    at "
            + "Orleans.Workflows.CliTests.Silo.Broken.RunAsync(StepContext step)");
    }

    [Fact]
    public async Task Show_Ended_ShowsExitCodeAndEnd()
    {
        var id = await StartEndedAsync();

        var ran = (await RunAsync("show", id)).ShouldExitWith(0);

        ran.Out.ShouldContain("State        Finished\n");
        ran.Out.ShouldContain("Exit code    0\n");
        ran.Lines.ShouldContain(static line =>
            line.StartsWith("Finished     ", StringComparison.Ordinal)
            && line.EndsWith("s ago", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Show_Json_IsTheStatus()
    {
        var id = await StartBrokenAsync();

        var json = (await RunAsync("show", id, "--json")).ShouldExitWith(0).Json;

        Ran.ShouldHaveMembers(
            json,
            "summary",
            "waitingFor",
            "position",
            "stepsCompleted",
            "attempt",
            "incident",
            "pending",
            "exitLabel",
            "liveChildren",
            "awaitedSignal",
            "outcome",
            "checkpoint");
        json.GetProperty("outcome").ValueKind.ShouldBe(JsonValueKind.Null);
        json.GetProperty("summary").GetProperty("id").GetString().ShouldBe(id);
        Ran.ShouldHaveMembers(
            json.GetProperty("incident"),
            "code",
            "text",
            "attempts",
            "openedAt",
            "remedy",
            "failure");
        json.GetProperty("incident")
            .GetProperty("failure")
            .GetProperty("stackTrace")
            .GetString()!
            .ShouldContain("Broken.RunAsync");
        json.GetProperty("incident").GetProperty("code").GetString().ShouldBe("StepFailed");
    }

    [Fact]
    public async Task Show_EndedByAnError_HasOutcomeOutputAndFailureWithItsStack()
    {
        var id = NewId();
        (
            await RunAsync("start", "test/failing", "--id", id, "--input", """{"text":"told"}""", "--wait")
        ).ShouldExitWith(1);

        var text = (await RunAsync("show", id)).ShouldExitWith(0);
        var json = (await RunAsync("show", id, "--json")).ShouldExitWith(0).Json.GetProperty("outcome");

        Ran.ShouldHaveMembers(json, "state", "exitCode", "exitLabel", "message", "output", "failure", "finishedAt");
        json.GetProperty("state").GetString().ShouldBe("Excepted");
        json.GetProperty("output").GetProperty("text").GetString().ShouldBe("told");
        json.GetProperty("failure").GetProperty("message").GetString().ShouldBe(Failing.Message);
        json.GetProperty("failure")
            .GetProperty("stackTrace")
            .GetString()
            .ShouldNotBeNull()
            .ShouldContain("Failing.Fail");
        text.Out.ShouldContain(
            $"\nFailure:\n  System.InvalidOperationException: {Failing.Shown}\n    at "
            + "Orleans.Workflows.CliTests.Silo.Failing.Fail(StepContext step)");
        text.Out.ShouldContain("\nOutput:\n{\n  \"text\": \"told\"\n}\n");
    }

    [Theory]
    [InlineData("show")]
    [InlineData("history")]
    [InlineData("why")]
    [InlineData("list", "--id-prefix")]
    [InlineData("show", "--json")]
    [InlineData("history", "--json")]
    public async Task Text_CharactersThatActOnATerminal_AreShown(params string[] command)
    {
        var id = NewId();
        var wait = (await RunAsync("start", "test/failing", "--id", id, "--wait")).ShouldExitWith(1);

        var ran = (await RunAsync([.. command, id])).ShouldExitWith(0);

        (wait.Out + ran.Out).ShouldNotContain('\e');
        (wait.Out + ran.Out).ShouldNotContain('\u202E');
        wait.Out.ShouldContain(Failing.Shown);
    }

    [Fact]
    public async Task Show_Wide_HasExactTimes()
    {
        var ran = (await RunAsync("show", await StartEndedAsync(), "--wide")).ShouldExitWith(0);

        ran.Lines.ShouldContain(static line =>
            line.StartsWith("Finished     20", StringComparison.Ordinal) && line.EndsWith('Z'));
    }

    [Fact]
    public async Task Show_EightyColumns_FoldsWhatDoesNotFit()
    {
        var id = await StartBrokenAsync();

        var folded = (await RunOnScreenAsync(80, hasColors: false, "show", id)).ShouldExitWith(0);
        var whole = (await RunAsync("show", id)).ShouldExitWith(0);

        var remedy = whole.Lines.Single(static line => line.StartsWith("Remedy ", StringComparison.Ordinal));
        remedy.Length.ShouldBeGreaterThan(80);
        var rest = folded
            .Lines.SkipWhile(static line => !line.StartsWith("Remedy ", StringComparison.Ordinal))
            .ToList();
        var lines = rest.Skip(1)
            .TakeWhile(static line => line.StartsWith("   ", StringComparison.Ordinal))
            .Prepend(rest[0])
            .ToList();
        lines.ShouldAllBe(static line => line.Length <= 80);
        string.Join(' ', lines.Select(static line => line.Trim())).ShouldBe(remedy);
    }

    [Fact]
    public async Task Show_ExitCodeOfTheDefinition_HasItsLabel()
    {
        var id = NewId();
        (
            await RunAsync("start", "test/booking", "--id", id, "--input", """{"name":"Ada","seats":9}""", "--wait")
        ).ShouldExitWith(1);

        var text = (await RunAsync("show", id)).ShouldExitWith(0);
        var json = (await RunAsync("show", id, "--json")).ShouldExitWith(0).Json;

        text.Out.ShouldContain("Exit code    410 FULL\n");
        json.GetProperty("exitLabel").GetString().ShouldBe("FULL");
    }

    [Fact]
    public async Task Show_ExitCodeOfTheEngine_HasItsLabel()
    {
        var id = await StartPausedAsync();
        (await RunAsync("kill", id, "--wait")).ShouldExitWith(0);

        (await RunAsync("show", id)).ShouldExitWith(0).Out.ShouldContain("Exit code    10 KILLED\n");
    }

    [Fact]
    public async Task Show_Checkpoint_HasContextAndOutputsSoFar()
    {
        var id = await StartWithIncidentAsync("test/repair");

        var text = (await RunAsync("show", id, "--checkpoint")).ShouldExitWith(0);
        var json = (await RunAsync("show", id, "--checkpoint", "--json"))
            .ShouldExitWith(0)
            .Json.GetProperty("checkpoint");

        text.Out.ShouldContain("Context:\n{\n  \"part\": null,\n  \"mended\": false,\n");
        text.Out.ShouldContain("Outputs:\n{\n  \"order\": \"R-1\"\n}\n");
        text.Out.ShouldNotContain("Argument:");
        Ran.ShouldHaveMembers(json, "position", "input", "context", "argument", "outputs");
        json.GetProperty("context").GetProperty("charged").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task Show_EndedBeforeItsChildren_NamesThem()
    {
        var id = await StartFamilyAsync("test/stubborn");
        (await RunAsync("kill", id, "--wait")).ShouldExitWith(0);

        var ran = (await RunAsync("show", id)).ShouldExitWith(0);
        Stubborn.Release($"{id}/0.0");

        ran.Out.ShouldContain($"Children left  {id}/0.0\n");
    }

    [Theory]
    [InlineData("show")]
    [InlineData("why")]
    [InlineData("history")]
    [InlineData("pause")]
    [InlineData("play")]
    [InlineData("kill")]
    [InlineData("kill", "--force")]
    [InlineData("pause", "--tree")]
    [InlineData("play", "--tree")]
    [InlineData("show", "--checkpoint")]
    [InlineData("report")]
    [InlineData("report", "--tree")]
    [InlineData("tree")]
    [InlineData("continue")]
    [InlineData("continue", "--wait")]
    [InlineData("retry")]
    [InlineData("skip")]
    [InlineData("skip", "--to", "RunAsync")]
    [InlineData("edit", "--patch", "{}")]
    public async Task Command_UnknownProcess_ExitsWithNotFound(string command, params string[] options)
    {
        var id = NewId();

        var ran = (await RunAsync([command, id, "--json", .. options])).ShouldExitWith(3);

        ran.Out.ShouldBeEmpty();
        ran.Problem.GetProperty("code").GetString().ShouldBe("ProcessNotFound");
        ran.Problem.GetProperty("exitCode").GetInt32().ShouldBe(3);
        ran.Problem.GetProperty("message").GetString().ShouldNotBeNull().ShouldContain($"There is no process '{id}'");
        ran.Problem.GetProperty("processId").GetString().ShouldBe(id);
    }
}
