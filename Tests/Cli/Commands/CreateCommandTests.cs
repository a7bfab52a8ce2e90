using System.Text.Json;
using Orleans.Workflows.CliTests.Silo;

namespace Orleans.Workflows.CliTests.Commands;

public sealed class CreateCommandTests(EmbeddedSiloFixture silo) : CommandTest(silo)
{
    [Fact]
    public async Task Create_Text_IsTheIdAndHowToGoOn()
    {
        var id = NewId();

        var ran = (await RunAsync("create", "test/echo", "--id", id, "--tag", "a=1")).ShouldExitWith(0);

        ran.Out.ShouldBe($"{id}\n");
        ran.Error.ShouldBe($"It starts with 'owf continue {id}'.\n");
        var status = await Processes.GetHandle(ProcessId.Parse(id)).GetStatusAsync(Token);
        status.Summary.State.ShouldBe(ProcessState.Created);
        status.Summary.Tags.ShouldBe(new Dictionary<string, string> { ["a"] = "1" });
        status.WaitingFor.ShouldStartWith("To be continued");
    }

    [Fact]
    public async Task Create_Json_SaysWhetherItWasCreated()
    {
        var id = NewId();
        string[] args = ["create", "test/echo", "--id", id, "--use-existing", "--json"];

        var first = (await RunAsync(args)).ShouldExitWith(0).Json;
        var second = (await RunAsync(args)).ShouldExitWith(0).Json;

        Ran.ShouldHaveMembers(first, "id", "wasCreated");
        first.GetProperty("wasCreated").GetBoolean().ShouldBeTrue();
        second.GetProperty("wasCreated").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task Create_IdTaken_ExitsWithAlreadyExists() =>
        (await RunAsync("create", "test/echo", "--id", await StartPausedAsync()))
            .ShouldExitWith(5)
            .Out.ShouldBeEmpty();

    [Fact]
    public async Task Create_UnknownType_ExitsWithNotFound() =>
        (await RunAsync("create", "test/nothing")).ShouldExitWith(3).Error.ShouldContain("test/nothing");

    [Fact]
    public async Task Continue_Wait_WritesTheOutputOfWhatWasCreated()
    {
        var id = NewId();
        (await RunAsync("create", "test/echo", "--id", id, "--input", """{"text":"hi"}""")).ShouldExitWith(0);

        var ran = (await RunAsync("continue", id, "--wait")).ShouldExitWith(0);

        ran.Lines.ShouldBe(["Finished, exit code 0", "{", "  \"text\": \"hi\"", "}"]);
    }

    [Fact]
    public async Task Continue_WithoutWait_StartsIt()
    {
        var id = NewId();
        (await RunAsync("create", "test/approval", "--id", id)).ShouldExitWith(0);

        var ran = (await RunAsync("continue", id)).ShouldExitWith(0);

        ran.Out.ShouldBe("Accepted.\n");
        await Eventually.TrueAsync(
            "the wait for the signal",
            async () =>
                (await Processes.GetHandle(ProcessId.Parse(id)).GetStatusAsync(Token)).Summary.State
                == ProcessState.Waiting);
        (await RunAsync("continue", id)).ShouldExitWith(0).Out.ShouldBe("It has started before.\n");
    }

    [Fact]
    public async Task Continue_Json_HasNoOutcomeUnlessItIsKnown()
    {
        var waiting = await Processes.StartJsonAsync("test/approval", "{}"u8.ToArray(), cancellationToken: Token);

        var open = (await RunAsync("continue", waiting.Id.Value, "--json")).ShouldExitWith(0).Json;
        var ended = (await RunAsync("continue", await StartEndedAsync(), "--json")).ShouldExitWith(0).Json;

        Ran.ShouldHaveMembers(open, "id", "status", "outcome");
        open.GetProperty("outcome").ValueKind.ShouldBe(JsonValueKind.Null);
        Ran.ShouldHaveMembers(
            ended.GetProperty("outcome"),
            "state",
            "exitCode",
            "exitLabel",
            "message",
            "output",
            "failure",
            "finishedAt");
    }

    [Fact]
    public async Task Continue_EndsWithAnExitCode_ExitsWithFailedAndNamesIt()
    {
        var id = NewId();
        (
            await RunAsync("create", "test/booking", "--id", id, "--input", """{"name":"Ada","seats":9}""")
        ).ShouldExitWith(0);

        var text = (await RunAsync("continue", id, "--wait")).ShouldExitWith(1);
        var json = (await RunAsync("continue", id, "--json")).ShouldExitWith(1).Json;

        text.Out.ShouldBe("Finished, exit code 410 FULL: Only 6 of 9 seats are left.\n");
        json.GetProperty("outcome").GetProperty("exitLabel").GetString().ShouldBe("FULL");
    }
}
