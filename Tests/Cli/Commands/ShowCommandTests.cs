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
    public async Task Show_Incident_ShowsTheRemedy()
    {
        var id = await StartBrokenAsync();

        var ran = (await RunAsync("show", id)).ShouldExitWith(0);

        ran.Lines.ShouldContain(static line => line.StartsWith("Incident     StepFailed after 1 attempts, opened ", StringComparison.Ordinal) && line.Contains("The printer is on fire."));
        ran.Lines.ShouldContain(static line => line.StartsWith("Remedy       ", StringComparison.Ordinal));
        ran.Out.ShouldContain("\nFailure:\n  System.InvalidOperationException: The printer is on fire.\n    at Orleans.Workflows.CliTests.Silo.Broken.RunAsync(StepContext step)");
    }

    [Fact]
    public async Task Show_Ended_ShowsExitCodeAndEnd()
    {
        var id = await StartEndedAsync();

        var ran = (await RunAsync("show", id)).ShouldExitWith(0);

        ran.Out.ShouldContain("State        Finished\n");
        ran.Out.ShouldContain("Exit code    0\n");
        ran.Lines.ShouldContain(static line => line.StartsWith("Finished     2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Show_Json_IsTheStatus()
    {
        var id = await StartBrokenAsync();

        var json = (await RunAsync("show", id, "--json")).ShouldExitWith(0).Json;

        Ran.ShouldHaveMembers(json, "summary", "waitingFor", "position", "stepsCompleted", "attempt", "incident", "pending", "exitLabel", "liveChildren", "awaitedSignal", "checkpoint");
        json.GetProperty("summary").GetProperty("id").GetString().ShouldBe(id);
        Ran.ShouldHaveMembers(json.GetProperty("incident"), "code", "text", "attempts", "openedAt", "remedy", "failure");
        json.GetProperty("incident").GetProperty("failure").GetProperty("stackTrace").GetString()!.ShouldContain("Broken.RunAsync");
        json.GetProperty("incident").GetProperty("code").GetString().ShouldBe("StepFailed");
    }

    [Fact]
    public async Task Show_ExitCodeOfTheDefinition_HasItsLabel()
    {
        var id = NewId();
        (await RunAsync("start", "test/booking", "--id", id, "--input", """{"name":"Ada","seats":9}""", "--wait")).ShouldExitWith(1);

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
        var json = (await RunAsync("show", id, "--checkpoint", "--json")).ShouldExitWith(0).Json.GetProperty("checkpoint");

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
        ran.Error.ShouldContain($"There is no process '{id}'");
    }
}
