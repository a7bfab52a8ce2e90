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

        Ran.ShouldHaveMembers(json, "summary", "waitingFor", "position", "stepsCompleted", "attempt", "incident", "pending");
        json.GetProperty("summary").GetProperty("id").GetString().ShouldBe(id);
        Ran.ShouldHaveMembers(json.GetProperty("incident"), "code", "text", "attempts", "openedAt", "remedy");
        json.GetProperty("incident").GetProperty("code").GetString().ShouldBe("StepFailed");
    }

    [Theory]
    [InlineData("show")]
    [InlineData("why")]
    [InlineData("history")]
    [InlineData("pause")]
    [InlineData("play")]
    [InlineData("kill")]
    public async Task Command_UnknownProcess_ExitsWithNotFound(string command)
    {
        var id = NewId();

        var ran = (await RunAsync(command, id, "--json")).ShouldExitWith(3);

        ran.Out.ShouldBeEmpty();
        ran.Error.ShouldContain($"There is no process '{id}'");
    }
}
