using Orleans.Workflows.CliTests.Silo;

namespace Orleans.Workflows.CliTests.Commands;

public sealed class TreeCommandTests(EmbeddedSiloFixture silo) : CommandTest(silo)
{
    [Fact]
    public async Task Tree_Text_IsIndentedByGeneration()
    {
        var id = NewId();
        (await RunAsync("start", "test/story", "--id", id, "--input", """{"last":3}""", "--wait")).ShouldExitWith(0);

        var ran = (await RunAsync("tree", id)).ShouldExitWith(0);

        ran.Lines[0]
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .ShouldBe(["ID", "TYPE", "STATE", "EXIT", "TEXT"]);
        ran.Lines[1].ShouldMatch($"^{id} +test/story  Finished  0$");
        ran.Lines[2].ShouldMatch($"^  {id}/0\\.0 +test/story  Finished  0$");
        ran.Lines[3].ShouldMatch($"^    {id}/0\\.0/0\\.0  test/story  Finished  0$");
        ran.Lines.Length.ShouldBe(4);
    }

    [Fact]
    public async Task Tree_Json_IsNested()
    {
        var id = NewId();
        (await RunAsync("start", "test/pair", "--id", id, "--wait")).ShouldExitWith(0);

        var json = (await RunAsync("tree", id, "--json")).ShouldExitWith(0).Json;

        Ran.ShouldHaveMembers(json, "process", "children");
        json.GetProperty("process").GetProperty("id").GetString().ShouldBe(id);
        json.GetProperty("children")
            .EnumerateArray()
            .Select(static child => child.GetProperty("process").GetProperty("id").GetString())
            .ShouldBe([$"{id}/0.0", $"{id}/0.1"]);
        json.GetProperty("children")[0].GetProperty("children").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Tree_OfAChild_BeginsThere()
    {
        var id = NewId();
        (await RunAsync("start", "test/story", "--id", id, "--input", """{"last":3}""", "--wait")).ShouldExitWith(0);

        var ran = (await RunAsync("tree", $"{id}/0.0")).ShouldExitWith(0);

        ran.Lines.Length.ShouldBe(3);
        ran.Lines[1].ShouldStartWith($"{id}/0.0 ");
    }

    [Fact]
    public async Task Tree_ManyGenerations_IsOneJsonDocument()
    {
        var id = NewId();
        (await RunAsync("start", "test/story", "--id", id, "--input", """{"last":40}""", "--wait")).ShouldExitWith(0);

        var ran = (await RunAsync("tree", id, "--json")).ShouldExitWith(0);

        ran.Lines.Count(static line => line.Contains("\"process\": {", StringComparison.Ordinal)).ShouldBe(40);
    }

    [Fact]
    public async Task Tree_EightyColumns_CutsTheTextAlone_AndWideNothing()
    {
        var id = await StartPausedAsync();
        var text = string.Join(' ', Enumerable.Repeat("until noon", 9));
        (await RunAsync("pause", id, "--text", text, "--wait")).ShouldExitWith(0);

        var narrow = (await RunOnScreenAsync(80, hasColors: false, "tree", id)).ShouldExitWith(0);
        var wide = (await RunOnScreenAsync(80, hasColors: false, "tree", id, "--wide")).ShouldExitWith(0);

        narrow.Lines[0].ShouldMatch("^ID +TYPE +STATE +EXIT  TEXT$");
        narrow.Lines[1].ShouldMatch($"^{id}  test/approval  Created, paused$");
        narrow.Lines[2].ShouldMatch("^    until noon .*…$");
        narrow.Lines[2].Length.ShouldBe(80);
        narrow.Lines.Length.ShouldBe(3);
        wide.Lines[0].ShouldMatch("^ID +TYPE +STATE +EXIT +TEXT$");
        wide.Lines[1].ShouldMatch($"^{id}  test/approval  Created, paused +{text}$");
        wide.Lines.Length.ShouldBe(2);
    }

    [Fact]
    public async Task Tree_PausedOrWithAnIncident_SaysSo()
    {
        var family = await StartFamilyAsync("test/broken");
        await Eventually.TrueAsync(
            "an incident of the child",
            async () =>
                (await Processes.GetHandle(ProcessId.Parse($"{family}/0.0")).GetStatusAsync(Token)).Incident
                    is not null);

        var ran = (await RunAsync("tree", family)).ShouldExitWith(0);

        ran.Lines[1].ShouldContain("test/family  Waiting");
        ran.Lines[2].ShouldContain("test/broken  Running, paused, incident StepFailed");
    }
}
