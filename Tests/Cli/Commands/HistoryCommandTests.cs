using Orleans.Workflows.CliTests.Silo;

namespace Orleans.Workflows.CliTests.Commands;

public sealed class HistoryCommandTests(EmbeddedSiloFixture silo) : CommandTest(silo)
{
    [Fact]
    public async Task History_Text_HasALinePerEvent()
    {
        var ran = (await RunAsync("history", await StartEndedAsync())).ShouldExitWith(0);

        ran.Lines[0].ShouldMatch("^COMMIT  AGE +EVENT +TEXT$");
        ran.Lines[1].ShouldMatch("^1 +[0-9]+s +Created");
        ran.Lines[^1].ShouldContain("Finished");
    }

    [Fact]
    public async Task History_Wide_HasExactTimes()
    {
        var ran = (await RunAsync("history", await StartEndedAsync(), "--wide")).ShouldExitWith(0);

        ran.Lines[0].ShouldMatch("^COMMIT  AT +EVENT +TEXT$");
        ran.Lines[1].ShouldMatch("^1 +20[-0-9]+ [:0-9]+Z  Created");
    }

    [Fact]
    public async Task History_EightyColumns_FoldsItsTextsAndLosesNothing()
    {
        var id = await StartWithIncidentAsync("test/broken");

        var folded = (await RunOnScreenAsync(80, hasColors: false, "history", id)).ShouldExitWith(0);
        var whole = (await RunOnScreenAsync(80, hasColors: false, "history", id, "--wide")).ShouldExitWith(0);

        folded.Lines.ShouldAllBe(static line => line.Length <= 80);
        folded.Lines.Length.ShouldBeGreaterThan(whole.Lines.Length);
        Words(folded.Lines).ShouldBe(Words(whole.Lines));

        static string[] Words(string[] lines) => [.. string.Join(' ', lines[1..].Select(static line => line.Trim()))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(static word => char.IsLetter(word[0]))];
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
