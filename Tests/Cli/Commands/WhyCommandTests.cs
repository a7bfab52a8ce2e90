using Orleans.Workflows.CliTests.Silo;

namespace Orleans.Workflows.CliTests.Commands;

public sealed class WhyCommandTests(EmbeddedSiloFixture silo) : CommandTest(silo)
{
    [Fact]
    public async Task Why_Text_IsTheSentenceAlone()
    {
        var ran = await RunAsync("why", await StartPausedAsync());

        ran.ShouldExitWith(0).Out.ShouldBe("To be played: it is paused.\n");
    }

    [Fact]
    public async Task Why_Json_HasIdAndSentence()
    {
        var id = await StartEndedAsync();

        var json = (await RunAsync("why", id, "--json")).ShouldExitWith(0).Json;

        Ran.ShouldHaveMembers(json, "id", "waitingFor");
        json.GetProperty("waitingFor").GetString()!.ShouldStartWith("Nothing: it is Finished with exit code 0");
    }
}
