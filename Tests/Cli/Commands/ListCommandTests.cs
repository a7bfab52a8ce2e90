using Orleans.Workflows.CliTests.Silo;

namespace Orleans.Workflows.CliTests.Commands;

public sealed class ListCommandTests(EmbeddedSiloFixture silo) : CommandTest(silo)
{
    [Fact]
    public async Task List_Text_HasAHeaderAndAlignedColumns()
    {
        var prefix = NewId();
        await StartPausedAsync(id: $"{prefix}-long-id");
        await StartPausedAsync(id: $"{prefix}-b");

        var ran = (await RunAsync("list", "--id-prefix", prefix)).ShouldExitWith(0);

        ran.Lines.Length.ShouldBe(3);
        ran.Lines[0]
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .ShouldBe(["ID", "TYPE", "STATE", "AGE", "UPDATED", "EXIT", "TEXT"]);
        ran.Lines.Select(static line =>
                Math.Max(
                    line.IndexOf("TYPE", StringComparison.Ordinal),
                    line.IndexOf("test/", StringComparison.Ordinal)))
            .Distinct()
            .Count()
            .ShouldBe(1);
        // Of one millisecond the order is that of the ids.
        ran.Lines.Single(line => line.StartsWith($"{prefix}-b ", StringComparison.Ordinal))
            .ShouldMatch($"^{prefix}-b +test/approval  Created, paused  [0-9]+s +[0-9]+s$");
    }

    [Fact]
    public async Task List_Wide_HasExactTimesAndWholeTexts()
    {
        var id = await StartPausedAsync();
        var text = string.Join(' ', Enumerable.Repeat("until noon", 9));
        (await RunAsync("pause", id, "--text", text, "--wait")).ShouldExitWith(0);

        var ran = (await RunOnScreenAsync(80, hasColors: false, "list", "--id-prefix", id, "--wide")).ShouldExitWith(0);

        ran.Lines[0].ShouldMatch("^ID +TYPE +STATE +CREATED +UPDATED +EXIT +TEXT$");
        ran.Lines[1].ShouldMatch($"^{id}  test/approval  Created, paused  (20[-0-9]+ [:0-9]+Z  ){{2}} +{text}$");
        ran.Lines.Length.ShouldBe(2);
    }

    [Fact]
    public async Task List_EightyColumns_HasWhatDoesNotFitBelow()
    {
        var id = await StartPausedAsync();
        (
            await RunAsync("pause", id, "--text", string.Join(' ', Enumerable.Repeat("until noon", 9)), "--wait")
        ).ShouldExitWith(0);

        var ran = (await RunOnScreenAsync(80, hasColors: false, "list", "--id-prefix", id)).ShouldExitWith(0);

        ran.Lines[0].ShouldMatch("^ID +TYPE +STATE +AGE +UPDATED +EXIT$");
        ran.Lines[1].ShouldMatch($"^{id}  test/approval  Created, paused  [0-9]+s +[0-9]+s$");
        ran.Lines[2].ShouldMatch("^    until noon .*…$");
        ran.Lines[2].Length.ShouldBe(80);
        ran.Lines.Length.ShouldBe(3);
    }

    [Fact]
    public async Task List_ScreenWithColors_ColorsHeadsAndStates()
    {
        var id = await StartBrokenAsync();

        var colored = (await RunOnScreenAsync(200, hasColors: true, "list", "--id-prefix", id)).ShouldExitWith(0);
        var plain = (await RunOnScreenAsync(200, hasColors: false, "list", "--id-prefix", id)).ShouldExitWith(0);
        var json = (await RunOnScreenAsync(200, hasColors: true, "list", "--id-prefix", id, "--json")).ShouldExitWith(
            0);

        colored.Lines[0].ShouldStartWith("\e[1mID ");
        colored.Lines[1].ShouldContain("  \e[31mRunning, paused, incident StepFailed\e[0m  ");
        plain.Out.ShouldNotContain('\e');
        json.Out.ShouldNotContain('\e');
    }

    [Fact]
    public async Task List_Roots_LeavesChildrenOut()
    {
        var id = NewId();
        (await RunAsync("start", "test/pair", "--id", id, "--wait")).ShouldExitWith(0);

        Ids(await RunAsync("list", "--json", "--id-prefix", id, "--roots")).ShouldBe([id]);
        Ids(await RunAsync("list", "--json", "--id-prefix", id)).Count().ShouldBe(3);
    }

    [Fact]
    public async Task List_UnknownType_AsksWhetherAnotherWasMeant()
    {
        var slip = (await RunAsync("list", "--type", "test/ehco")).ShouldExitWith(0);
        var known = (await RunAsync("list", "--type", "test/echo", "--id-prefix", NewId())).ShouldExitWith(0);

        slip.Error.ShouldBe("No live silo has the process type 'test/ehco'. Did you mean 'test/echo'?\n");
        known.Error.ShouldBeEmpty();
    }

    [Fact]
    public async Task List_Json_IsAnArrayOfSummaries()
    {
        var id = await StartPausedAsync(tags: new Dictionary<string, string> { ["Customer"] = "4711" });

        var item = (await RunAsync("list", "--id-prefix", id, "--json"))
            .ShouldExitWith(0)
            .Json.EnumerateArray()
            .ShouldHaveSingleItem();

        Ran.ShouldHaveMembers(
            item,
            "id",
            "type",
            "definitionVersion",
            "state",
            "paused",
            "incident",
            "exitCode",
            "statusText",
            "parent",
            "root",
            "createdAt",
            "updatedAt",
            "finishedAt",
            "dueAt",
            "version",
            "tags",
            "parentStep",
            "parentIndex");
        item.GetProperty("id").GetString().ShouldBe(id);
        item.GetProperty("state").GetString().ShouldBe("Created");
        item.GetProperty("tags").GetProperty("Customer").GetString().ShouldBe("4711");
    }

    [Fact]
    public async Task List_NothingFound_IsAnEmptyArray()
    {
        var ran = (await RunAsync("list", "--id-prefix", NewId(), "--json")).ShouldExitWith(0);

        ran.Json.GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task List_MoreThanTheLimit_ShowsTheLimitAndSaysSo()
    {
        var prefix = NewId();
        await StartPausedAsync(id: $"{prefix}-1");
        await StartPausedAsync(id: $"{prefix}-2");

        var cut = await RunAsync("list", "--id-prefix", prefix, "--limit", "1", "--oldest-first", "--json");
        var whole = await RunAsync("list", "--id-prefix", prefix, "--limit", "2", "--json");

        cut.ShouldExitWith(0)
            .Json.EnumerateArray()
            .ShouldHaveSingleItem()
            .GetProperty("id")
            .GetString()
            .ShouldBe($"{prefix}-1");
        cut.Error.ShouldBe("""{"note":"There are more than 1; --limit shows more."}""" + "\n");
        Ids(whole).ShouldBe([$"{prefix}-2", $"{prefix}-1"]);
        whole.Error.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("--type test/approval", "paused")]
    [InlineData("--type test/echo", "ended")]
    [InlineData("--state created", "paused")]
    [InlineData("--state Created --state Finished", "ended paused")]
    [InlineData("--state Waiting", "")]
    [InlineData("--paused", "paused")]
    [InlineData("--paused false", "ended")]
    [InlineData("--incident", "")]
    [InlineData("--incident false", "ended paused")]
    [InlineData("--tag color=red", "ended paused")]
    [InlineData("--tag color=red --tag size=1", "paused")]
    [InlineData("--created-after 1h", "ended paused")]
    [InlineData("--created-before 1h", "")]
    [InlineData("--created-after 2999-01-01", "")]
    [InlineData("--finished-after 1h", "ended")]
    [InlineData("--finished-before 1h", "")]
    public async Task List_WithAFilter_HasOnlyWhatFits(string filter, string expected)
    {
        var prefix = NewId();
        await StartPausedAsync(
            id: $"{prefix}-paused",
            tags: new Dictionary<string, string> { ["color"] = "red", ["size"] = "1" });
        var options = new StartOptions
        {
            Id = ProcessId.Parse($"{prefix}-ended"),
            Tags = new Dictionary<string, string> { ["color"] = "red" },
        };
        await (await Processes.StartJsonAsync("test/echo", "{}"u8.ToArray(), options, Token)).WaitAsync(Token);

        var ran = (await RunAsync(["list", "--json", "--id-prefix", prefix, .. filter.Split(' ')])).ShouldExitWith(0);

        string.Join(' ', Ids(ran).Select(id => id[(prefix.Length + 1)..]).Order()).ShouldBe(expected);
    }

    [Fact]
    public async Task List_ByParentAndRoot_FindsTheTree()
    {
        var id = NewId();
        (await RunAsync("start", "test/pair", "--id", id, "--wait")).ShouldExitWith(0);

        Ids(await RunAsync("list", "--json", "--parent", id)).Order().ShouldBe([$"{id}/0.0", $"{id}/0.1"]);
        Ids(await RunAsync("list", "--json", "--root", id)).Order().ShouldBe([id, $"{id}/0.0", $"{id}/0.1"]);
    }

    [Fact]
    public async Task List_Incident_ShowsItsKind()
    {
        var id = await StartBrokenAsync();

        var ran = await RunAsync("list", "--incident", "--id-prefix", id);

        ran.ShouldExitWith(0).Out.ShouldContain("paused, incident StepFailed");
    }

    private static IEnumerable<string> Ids(Ran ran) =>
        ran.Json.EnumerateArray().Select(static item => item.GetProperty("id").GetString()!);
}
