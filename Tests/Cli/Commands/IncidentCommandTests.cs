using System.Text.Json;
using Orleans.Workflows.CliTests.Silo;

namespace Orleans.Workflows.CliTests.Commands;

public sealed class IncidentCommandTests(EmbeddedSiloFixture silo) : CommandTest(silo)
{
    [Fact]
    public async Task Retry_AfterTheContextWasEdited_LetsTheStepSucceed()
    {
        var id = await StartWithIncidentAsync("test/repair");

        (await RunAsync("edit", id, "--patch", """{"part":"valve"}""", "--note", "was in the other store", "--wait"))
            .ShouldExitWith(0)
            .Out.ShouldBe("Applied.\n");
        (await RunAsync("retry", id, "--wait"))
            .ShouldExitWith(0)
            .Out.ShouldMatch("^(The step has completed. The process goes on at |Finished, exit code 0\n)");

        (await PartOfAsync(id)).ShouldBe("valve, mended, charged");
        (await RunAsync("history", id)).Out.ShouldContain("""was in the other store: {"part":"valve"}""");
    }

    [Fact]
    public async Task Retry_FailsAgain_SaysSoAndExitsWithIncident()
    {
        var id = await StartWithIncidentAsync("test/repair");

        var text = (await RunAsync("retry", id, "--wait")).ShouldExitWith(6);
        var json = (await RunAsync("retry", id, "--wait", "--json")).ShouldExitWith(6).Json;

        text.Out.ShouldStartWith("It failed again: StepFailed after 2 attempts: The step 'Mend' failed: No part.");
        Ran.ShouldHaveMembers(json, "id", "status", "effect", "outcome", "incident", "position", "waitingFor");
        json.GetProperty("effect").GetString().ShouldBe("Applied");
        json.GetProperty("incident").GetProperty("attempts").GetInt32().ShouldBe(3);
    }

    [Fact]
    public async Task Retry_WithoutWait_IsAccepted() =>
        (await RunAsync("retry", await StartBrokenAsync())).ShouldExitWith(0).Out.ShouldBe("Accepted.\n");

    [Fact]
    public async Task Retry_Wait_WaitsForTheStepAndSaysWhereTheProcessGoesOn()
    {
        var id = await StartWithIncidentAsync("test/moody");

        var running = RunAsync("retry", id, "--wait");
        await Eventually.TrueAsync("the step to run again", async () => (await StatusOfAsync(id)).Incident is null);
        running.IsCompleted.ShouldBeFalse();
        Stubborn.Release(id);
        var ran = (await running.WaitAsync(TimeSpan.FromSeconds(20), Token)).ShouldExitWith(0);

        ran.Out.ShouldStartWith("The step has completed. The process goes on at Approved: ");
        ran.Out.ShouldContain("approval");
    }

    [Fact]
    public async Task Retry_WaitAndTheProcessIsKilled_SaysHowItEnded()
    {
        var id = await StartWithIncidentAsync("test/moody");

        var running = RunAsync("retry", id, "--wait", "--json");
        await Eventually.TrueAsync("the step to run again", async () => (await StatusOfAsync(id)).Incident is null);
        (await RunAsync("kill", id, "--force")).ShouldExitWith(0);
        var json = (await running.WaitAsync(TimeSpan.FromSeconds(20), Token)).ShouldExitWith(1).Json;
        Stubborn.Release(id);

        json.GetProperty("outcome").GetProperty("state").GetString().ShouldBe("Killed");
        json.GetProperty("incident").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task Skip_WithoutAPosition_GoesOnBehindTheStep()
    {
        var id = await StartWithIncidentAsync("test/repair");

        var json = (await RunAsync("skip", id, "--wait", "--json")).ShouldExitWith(0).Json;

        Ran.ShouldHaveMembers(json, "id", "status", "effect");
        json.GetProperty("effect").GetString().ShouldBe("Applied");
        (await PartOfAsync(id)).ShouldBe("none, charged");
    }

    [Fact]
    public async Task Skip_ToAPosition_GoesOnThere()
    {
        var id = await StartWithIncidentAsync("test/repair");

        (await RunAsync("skip", id, "--to", "HandOver")).ShouldExitWith(0).Out.ShouldBe("Accepted.\n");

        (await PartOfAsync(id)).ShouldBe("none");
    }

    [Fact]
    public async Task Skip_ToNowhere_ExitsWithWrongUsageAndNamesTheSteps()
    {
        var id = await StartWithIncidentAsync("test/repair");

        var ran = (await RunAsync("skip", id, "--to", "Nowhere")).ShouldExitWith(2);

        ran.Error.ShouldBe("The definition has no step 'Nowhere'; it has Accept, Charge, HandOver, Mend.\n");
        (await Processes.GetHandle(ProcessId.Parse(id)).GetStatusAsync(Token)).Incident.ShouldNotBeNull();
    }

    [Fact]
    public async Task Skip_ToWhereOnlyResultsGo_ExitsWithWrongUsage()
    {
        var id = await StartWithIncidentAsync("test/repair");

        var ran = (await RunAsync("skip", id, "--to", "Mend/(results)")).ShouldExitWith(2);

        ran.Error.ShouldContain("has no step 'Mend/(results)'; it has Accept, Charge");
    }

    [Fact]
    public async Task Skip_OfAStepMachineWithoutAPosition_ExitsWithWrongUsage() =>
        (await RunAsync("skip", await StartBrokenAsync()))
            .ShouldExitWith(2)
            .Error.ShouldContain("give the step to go on at");

    [Theory]
    [InlineData("retry")]
    [InlineData("skip")]
    public async Task RetryOrSkip_NoIncident_IsRefused(string command)
    {
        var id = await StartPausedAsync();

        var text = (await RunAsync(command, id, "--wait")).ShouldExitWith(1);
        var json = (await RunAsync(command, id, "--json")).ShouldExitWith(1).Json;

        text.Out.ShouldBeEmpty();
        text.Error.ShouldBe($"Refused: the process {id} has no incident of a step.\n");
        json.GetProperty("status").GetString().ShouldBe("RefusedNoIncident");
    }

    [Fact]
    public async Task Edit_NotPaused_IsRefused()
    {
        var process = await Processes.StartJsonAsync("test/approval", "{}"u8.ToArray(), cancellationToken: Token);

        var text = (await RunAsync("edit", process.Id.Value, "--patch", "{}", "--wait")).ShouldExitWith(1);
        var json = (await RunAsync("edit", process.Id.Value, "--patch", "{}", "--json")).ShouldExitWith(1).Json;

        text.Error.ShouldBe($"Refused: the process {process.Id} is not paused.\n");
        json.GetProperty("status").GetString().ShouldBe("RefusedNotPaused");
    }

    [Fact]
    public async Task Edit_PatchFromFileOrStandardInput_IsRead()
    {
        var id = await StartWithIncidentAsync("test/repair");
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, """{"part":"file"}""", Token);

        (await RunAsync("edit", id, "--patch", $"@{file}", "--wait")).ShouldExitWith(0);
        var first = await ContextOfAsync(id);
        (await RunAsync("""{"part":"pipe"}""", ["edit", id, "--patch", "-", "--wait"])).ShouldExitWith(0);

        first.ShouldContain("\"file\"");
        (await ContextOfAsync(id)).ShouldContain("\"pipe\"");
        File.Delete(file);
    }

    [Theory]
    [InlineData("""{"part":{"name":"valve"}}""", "", "The changed context is not one of the definition")]
    [InlineData("null", "", "The context cannot be null.")]
    [InlineData("""{"prat":"valve"}""", "", "context.prat: there is no such")]
    [InlineData("""{"part":7,"mended":"yes"}""", "", "context.part: ")]
    [InlineData("""{"part":7,"mended":"yes"}""", "", "context.mended: ")]
    [InlineData("-", "{", "Standard input: This is no JSON")]
    [InlineData("@/does/not/exist", "", "/does/not/exist")]
    public async Task Edit_BadPatch_ExitsWithWrongUsageAndChangesNothing(string patch, string input, string message)
    {
        var id = await StartWithIncidentAsync("test/repair");
        var before = await ContextOfAsync(id);

        var ran = (await RunAsync(input, ["edit", id, "--patch", patch])).ShouldExitWith(2);

        ran.Out.ShouldBeEmpty();
        ran.Error.ShouldContain(message);
        (await ContextOfAsync(id)).ShouldBe(before);
    }

    [Theory]
    [InlineData("--patch", """{"part":7,"mended":"yes"}""", "context.part", "context.mended")]
    [InlineData("--input", """{"text":7,"txet":"new"}""", "inputs.text", "inputs.txet")]
    public async Task Edit_WithSeveralFaults_HasEachByItsPathInJson(string what, string patch, params string[] paths)
    {
        var id = await StartWithIncidentAsync("test/repair");

        var problem = (await RunAsync("edit", id, what, patch, "--json")).ShouldExitWith(2).Problem;

        problem.GetProperty("code").GetString().ShouldBe("WrongUsage");
        problem.GetProperty("faults").EnumerateArray()
            .Select(static fault => fault.GetProperty("path").GetString())
            .ShouldBe(paths, ignoreOrder: true);
    }

    [Fact]
    public async Task Edit_Input_IsCheckedAndKept()
    {
        var id = await StartWithIncidentAsync("test/repair");

        var refused = (await RunAsync("edit", id, "--input", """{"txt":"new"}""")).ShouldExitWith(2);
        (await RunAsync("edit", id, "--input", """{"text":"new"}""", "--note", "a slip of the pen", "--wait"))
            .ShouldExitWith(0)
            .Out.ShouldBe("Applied.\n");

        refused.Error.ShouldContain("inputs.txt: there is no such port");
        (await RunAsync("show", id, "--checkpoint", "--json"))
            .ShouldExitWith(0)
            .Json.GetProperty("checkpoint")
            .GetProperty("input")
            .GetProperty("text")
            .GetString()
            .ShouldBe("new");
        (await RunAsync("history", id)).Out.ShouldContain("""a slip of the pen: {"text":"new"}""");
    }

    [Fact]
    public async Task Edit_NoteTooLong_ExitsWithWrongUsage() =>
        (
            await RunAsync(
                "edit",
                await StartPausedAsync("test/repair"),
                "--patch",
                "{}",
                "--note",
                new string('x', 1_001)))
            .ShouldExitWith(2)
            .Error.ShouldNotContain("Parameter");

    private Task<ProcessStatus> StatusOfAsync(string id) =>
        Processes.GetHandle(ProcessId.Parse(id)).GetStatusAsync(Token);

    private async Task<string> ContextOfAsync(string id) =>
        (await RunAsync("show", id, "--checkpoint", "--json"))
            .ShouldExitWith(0)
            .Json.GetProperty("checkpoint")
            .GetProperty("context")
            .ToString();

    private async Task<string?> PartOfAsync(string id)
    {
        var outcome = await Processes
            .GetHandle(ProcessId.Parse(id))
            .WaitAsync(Token)
            .WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System, Token);
        return WorkflowJson.Read<Repair.Out>(outcome.Output!, "output")!.Part;
    }
}
