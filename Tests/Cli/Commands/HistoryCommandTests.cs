using Orleans.Workflows.CliTests.Silo;

namespace Orleans.Workflows.CliTests.Commands;

public sealed class HistoryCommandTests(EmbeddedSiloFixture silo) : CommandTest(silo)
{
    [Fact]
    public async Task History_Text_HasALinePerEvent()
    {
        var ran = (await RunAsync("history", await StartEndedAsync())).ShouldExitWith(0);

        ran.Lines[0].ShouldStartWith("COMMIT  AT");
        ran.Lines[1].ShouldContain("Created");
        ran.Lines[^1].ShouldContain("Finished");
    }

    [Fact]
    public async Task History_Json_IsAnArrayOfCommits()
    {
        var json = (await RunAsync("history", await StartEndedAsync(), "--json")).ShouldExitWith(0).Json;

        json.EnumerateArray().Select(static entry => entry.GetProperty("version").GetInt64()).ShouldBe([1L, 2L]);
        Ran.ShouldHaveMembers(json[0], "version", "at", "events");
        Ran.ShouldHaveMembers(json[0].GetProperty("events")[0], "kind", "text");
        json[0].GetProperty("events")[0].GetProperty("kind").GetString().ShouldBe("Created");
    }

    [Fact]
    public async Task History_After_LeavesOutWhatCameBefore()
    {
        var id = await StartEndedAsync();

        var later = (await RunAsync("history", id, "--after", "1", "--json")).ShouldExitWith(0).Json;
        var none = (await RunAsync("history", id, "--after", "2", "--json")).ShouldExitWith(0).Json;

        later.EnumerateArray().ShouldHaveSingleItem().GetProperty("version").GetInt64().ShouldBe(2);
        none.GetArrayLength().ShouldBe(0);
    }
}
