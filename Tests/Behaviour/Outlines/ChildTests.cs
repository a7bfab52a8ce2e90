using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Outlines;

/// <summary>Children that a step starts and the outline awaits.</summary>
/// <param name="stores">The clusters.</param>
public sealed class ChildTests(Stores stores) : BehaviourTest(stores, StoreKind.Memory)
{
    [Fact]
    public async Task AwaitedChildren_OfSeveralTypes_AreInTheContextForThePredicateBehind()
    {
        var output = await Client.ExecuteAsync(FanChain.Type, new FanInput(["ok", "ok"]), cancellationToken: Cancel);

        output.ShouldSatisfyAllConditions(
            o => o.Numbers.ShouldBe([0, 1]),
            o => o.Parcel.ShouldBe(77),
            o => o.Extras.ShouldBe(1),
            o => o.Walk.ShouldBe("first d"),
            o => o.Seen.ShouldBeTrue());
    }

    [Fact]
    public async Task AwaitedChildren_OfTheLastStep_AreSeenByCreateOutput()
    {
        var output = await Client.ExecuteAsync(
            FanLastChain.Type,
            new FanInput(["ok", "ok", "ok"]),
            cancellationToken: Cancel);

        output.ShouldSatisfyAllConditions(
            o => o.Numbers.ShouldBe([0, 1, 2]),
            o => o.Parcel.ShouldBe(77),
            o => o.Walk.ShouldBe("first d"));
    }

    [Fact]
    public async Task AppendedChildren_ThatEndInReverse_KeepTheirOrder()
    {
        var process = await Client.StartAsync(
            FanChain.Type,
            new FanInput(["wait", "wait", "wait"]),
            new StartOptions { Id = NewId() },
            Cancel);

        foreach (var index in (int[])[2, 1, 0])
        {
            await EndWaiting(process.Id, index);
        }

        (await process.GetResultAsync(Cancel)).Numbers.ShouldBe([0, 1, 2]);
    }

    [Fact]
    public async Task ChildrenThatFail_AreData()
    {
        var output = await Client.ExecuteAsync(
            FanChain.Type,
            new FanInput(["ok", "code", "kill", "throw"]),
            cancellationToken: Cancel);

        output.Numbers.ShouldBe([0]);
        output.Ends.ShouldBe(
        [
            "0 Finished 0 : ",
            "1 Finished 420 TIRED: Worker 1 is tired.",
            "2 Killed 10 KILLED: worker 2 gave up",
            "3 Excepted 12 EXCEPTED: worker 3 fell",
        ]);
    }

    [Theory]
    [InlineData("code", "Finished with exit code 420: Worker 1 is tired.")]
    [InlineData("kill", "Killed with exit code 10: worker 1 gave up")]
    [InlineData("throw", "Excepted with exit code 12: worker 1 fell")]
    public async Task ChildThatMustSucceed_AndDoesNot_MakesTheParentExcepted(string end, string how)
    {
        var process = await Client.StartAsync(
            FanChain.Type,
            new FanInput(["ok", end], MustSucceed: true),
            new StartOptions { Id = NewId() },
            Cancel);

        var outcome = await process.WaitAsync(Cancel);

        outcome.State.ShouldBe(ProcessState.Excepted);
        outcome.Message.ShouldBe($"The child {process.Id}/0.1, which must succeed, is {how}");
        (await HistoryAsync(process)).Count(static kind => kind == HistoryKind.StepFailed).ShouldBe(1);
    }

    [Fact]
    public async Task ChildThatMustSucceed_AndDoesNot_CanBeSkipped()
    {
        var process = await Client.StartAsync(
            FanIncidentChain.Type,
            new FanInput(["ok", "code"], MustSucceed: true),
            new StartOptions { Id = NewId() },
            Cancel);
        await StatusAsync(process, "has an incident", static status =>
            status.Incident is { Code: IncidentCode.StepFailed });

        await process.SkipAsync(cancellationToken: Cancel);

        var output = await process.GetResultAsync(Cancel);
        output.Ends[1].ShouldBe("1 Finished 420 TIRED: Worker 1 is tired.");
        output.Seen.ShouldBeTrue();
    }

    [Fact]
    public async Task MoreThanAHundredChildren_OfOneStep_AreAllAwaited()
    {
        var output = await Client.ExecuteAsync(
            FanLastChain.Type,
            new FanInput([.. Enumerable.Repeat("ok", 110)]),
            cancellationToken: Cancel);

        output.Numbers.ShouldBe(Enumerable.Range(0, 110));
        output.Parcel.ShouldBe(77);
    }

    private async Task EndWaiting(ProcessId parent, int index)
    {
        var child = Client.GetHandle(ProcessId.Parse($"{parent}/0.{index}"));
        await UntilAsync(
            $"{child.Id} is there",
            () => Client.ListPageAsync(new ProcessQuery { Parent = parent }, Cancel),
            page => page.Items.Any(item => item.Id == child.Id));
        await child.SignalAsync("go", "now", cancellationToken: Cancel);
        await child.WaitAsync(Cancel);
    }

    private static async Task<List<HistoryKind>> HistoryAsync(ProcessHandle process)
    {
        var kinds = new List<HistoryKind>();
        await foreach (var entry in process.GetHistoryAsync(cancellationToken: Cancel))
        {
            kinds.AddRange(entry.Events.Select(static e => e.Kind));
        }

        return kinds;
    }
}
