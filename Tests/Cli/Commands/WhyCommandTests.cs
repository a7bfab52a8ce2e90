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

    /// <summary>A sentence that is copied into a mail has no line ends of the screen on which it was read.</summary>
    [Fact]
    public async Task Why_EightyColumns_IsTheWholeSentenceInOneLine()
    {
        var id = await StartBrokenAsync();

        var whole = (await RunAsync("why", id)).ShouldExitWith(0);
        var narrow = (await RunOnScreenAsync(80, hasColors: false, "why", id)).ShouldExitWith(0);

        whole.Lines.ShouldHaveSingleItem().Length.ShouldBeGreaterThan(80);
        narrow.Out.ShouldBe(whole.Out);
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
