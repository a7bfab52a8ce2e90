using Orleans.Workflows.CliTests.Silo;

namespace Orleans.Workflows.CliTests.Commands;

public sealed class ReportCommandTests(EmbeddedSiloFixture silo) : CommandTest(silo)
{
    [Fact]
    public async Task Report_Text_HasALinePerReportOfTheProcessAlone()
    {
        var ran = (await RunAsync("report", await StartStoryAsync())).ShouldExitWith(0);

        ran.Lines.Length.ShouldBe(3);
        ran.Lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries).ShouldBe(["AGE", "LEVEL", "STEP", "TEXT"]);
        ran.Lines[1].ShouldMatch(@"^[0-9]+s +Debug   RunAsync  generation 1\\nbegins$");
        ran.Lines[2].ShouldMatch("^[0-9]+s +Report  RunAsync  to be continued$");
    }

    [Fact]
    public async Task Report_Tree_NamesTheProcesses()
    {
        var id = await StartStoryAsync();

        var ran = (await RunAsync("report", id, "--tree")).ShouldExitWith(0);

        ran.Lines[0]
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .ShouldBe(["AGE", "LEVEL", "PROCESS", "STEP", "TEXT"]);
        ran.Lines[1..]
            .Select(static line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[2])
            .ShouldBe([id, id, $"{id}/0.0", $"{id}/0.0"]);
    }

    [Fact]
    public async Task Report_Wide_HasExactTimes()
    {
        var ran = (await RunAsync("report", await StartStoryAsync(), "--wide")).ShouldExitWith(0);

        ran.Lines[0].ShouldStartWith("AT  ");
        ran.Lines[2].ShouldMatch("^20[-0-9]+ [:0-9]+Z  Report  RunAsync  to be continued$");
    }

    [Theory]
    [InlineData("debug", "Debug Report Debug Warning")]
    [InlineData("Report", "Report Warning")]
    [InlineData("WARNING", "Warning")]
    [InlineData("critical", "")]
    public async Task Report_Level_LeavesOutWhatMattersLess(string level, string expected)
    {
        var ran = (
            await RunAsync("report", await StartStoryAsync(), "--tree", "--level", level, "--json")
        ).ShouldExitWith(0);

        string.Join(' ', ran.Json.EnumerateArray().Select(static entry => entry.GetProperty("level").GetString()))
            .ShouldBe(expected);
    }

    [Fact]
    public async Task Report_JsonAfterALine_GoesOnBehindIt()
    {
        var id = await StartStoryAsync();

        var all = (await RunAsync("report", id, "--json")).ShouldExitWith(0).Json;
        var later = (await RunAsync("report", id, "--json", "--after", all[0].GetProperty("sequence").ToString()))
            .ShouldExitWith(0)
            .Json;

        Ran.ShouldHaveMembers(all[0], "sequence", "processId", "at", "level", "position", "attempt", "text");
        later.EnumerateArray().ShouldHaveSingleItem().GetProperty("text").GetString().ShouldBe("to be continued");
    }

    [Fact]
    public async Task Report_NothingReported_IsTheHeaderAlone() =>
        (await RunAsync("report", await StartEndedAsync()))
            .ShouldExitWith(0)
            .Out.ShouldBe("AGE  LEVEL  STEP  TEXT\n");

    private async Task<string> StartStoryAsync()
    {
        var process = await Processes.StartJsonAsync(
            "test/story",
            "{}"u8.ToArray(),
            new StartOptions { Id = ProcessId.Parse(NewId()) },
            Token);
        await process.WaitAsync(Token);
        return process.Id.Value;
    }
}
