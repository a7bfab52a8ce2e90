using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Outlines;

/// <summary>The ways that processes take through their outlines.</summary>
/// <param name="stores">The clusters.</param>
public sealed class OutlineTests(Stores stores) : BehaviourTest(stores, StoreKind.Memory)
{
    [Theory]
    [InlineData("a", 0, "first a last")]
    [InlineData("ab", 2, "first a 1 b 2 b last")]
    [InlineData("ac", 2, "first a 1 c 2 c last")]
    [InlineData("abc", 1, "first a 1 b last")]
    [InlineData("a", 2, "first a 1 else 2 else last")]
    [InlineData("acr", 3, "first a 1 c")]
    [InlineData("d", 3, "first d")]
    [InlineData("ad", 0, "first a last")]
    [InlineData("", 2, "first otherwise again again last")]
    [InlineData("bcsr", 0, "first otherwise last")]
    public async Task NestedBlocks_RunWhatTheirPredicatesSay(string holds, int rounds, string way) =>
        (
            await Client.ExecuteAsync(NestChain.Type, new NestInput(holds, rounds), cancellationToken: Cancel)
        ).Way.ShouldBe(way);

    [Theory]
    [InlineData("abs", 410, "STOPPED", "It was stopped.")]
    [InlineData("abm", 411, "TOO_MANY", "1 of 3 rounds.")]
    [InlineData("abn", 222, null, "by number")]
    public async Task Return_ThreeBlocksDeep_EndsWithItsExitCode(
        string holds,
        int status,
        string? label,
        string message)
    {
        var process = await Client.StartAsync(NestChain.Type, new NestInput(holds, 3), cancellationToken: Cancel);

        var outcome = await process.WaitAsync(Cancel);

        outcome.ShouldSatisfyAllConditions(
            o => o.State.ShouldBe(ProcessState.Finished),
            o => o.ExitCode.ShouldBe(status),
            o => o.ExitLabel.ShouldBe(label),
            o => o.Message.ShouldBe(message),
            o => o.IsSuccess.ShouldBeFalse(),
            o => o.Output.ShouldBeNull());
    }

    [Theory]
    [InlineData(Says.Nothing, "choose middle last")]
    [InlineData(Says.Next, "choose last")]
    [InlineData(Says.NextInBlock, "choose aside last")]
    [InlineData(Says.Finish, "emitted")]
    [InlineData(Says.Output, "given")]
    public async Task StepThatSaysWhatComesNext_IsObeyed(Says says, string way) =>
        (await Client.ExecuteAsync(SayChain.Type, new SayInput(says), cancellationToken: Cancel)).Way.ShouldBe(way);

    [Theory]
    [InlineData(Says.Code, 400, "NO_STOCK", "There is none.")]
    [InlineData(Says.Filled, 401, "LOW_STOCK", "Only 2.5 of 3 are in stock.")]
    [InlineData(Says.Shared, 451, "MOVED", "It has moved to Bern.")]
    [InlineData(Says.Braces, 451, "MOVED", "It has moved to {somewhere}.")]
    [InlineData(Says.Exit, 499, null, "by number")]
    public async Task StepThatReturnsAnExitCode_EndsWithNumberLabelAndMessage(
        Says says,
        int status,
        string? label,
        string message)
    {
        var outcome = await EndOf(says);

        outcome.ShouldSatisfyAllConditions(
            o => o.State.ShouldBe(ProcessState.Finished),
            o => o.ExitCode.ShouldBe(status),
            o => o.ExitLabel.ShouldBe(label),
            o => o.Message.ShouldBe(message));
        (await Client.GetHandle(outcome.Id).GetStatusAsync(Cancel)).Summary.ExitCode.ShouldBe(status);
    }

    [Theory]
    [InlineData(Says.Undeclared, "The exit code UNDECLARED is not one that SayChain declares")]
    [InlineData(Says.Disguised, "The exit code NO_STOCK is not one that SayChain declares")]
    [InlineData(Says.Unfilled, "needs [available, wanted]")]
    [InlineData(Says.MissingArgument, "needs [wanted]")]
    [InlineData(Says.UnknownArgument, "has no argument [colour]")]
    [InlineData(Says.ChildAndEnd, "The step 'Choose' starts children for the context and also says what comes next")]
    [InlineData(Says.Nowhere, "The outline has no step 'NoStep' to go on at")]
    public async Task StepThatSaysWhatCannotBe_IsExceptedWithTheReason(Says says, string reason)
    {
        var outcome = await EndOf(says);

        outcome.ShouldSatisfyAllConditions(
            o => o.State.ShouldBe(ProcessState.Excepted),
            o => o.ExitCode.ShouldBe(EngineExitCodes.Excepted),
            o => o.ExitLabel.ShouldBe("EXCEPTED"),
            o => o.Message.ShouldNotBeNull().ShouldContain(reason));
        (await Client.ListPageAsync(new ProcessQuery { Parent = outcome.Id }, Cancel)).Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task ElementsWithIds_StandAtThem()
    {
        var process = await Client.StartAsync(
            IdChain.Type,
            new NestInput("x", 2),
            new StartOptions { Id = NewId() },
            Cancel);
        await process.SignalAsync("go", "1", cancellationToken: Cancel);
        await process.SignalAsync("go", "2", cancellationToken: Cancel);

        var way = (await process.GetResultAsync(Cancel)).Way;

        way.ShouldBe(
            "gate-1/one gate-2/two loop-1/turn loop-1/turn loop-2/turn-again loop-2/turn-again go/Got=1 "
            + "second-go/GotAgain=2");
        (await Client.DescribeAsync(IdChain.Type.Name, Cancel))
            .Positions.Where(static position => !position.EndsWith("/(results)", StringComparison.Ordinal))
            .ShouldBe(
                [
                    "(start)",
                    "Reset",
                    "a-moment",
                    "gate-1/one",
                    "gate-2/two",
                    "go/Got",
                    "loop-1/turn",
                    "loop-2/turn-again",
                    "second-go/GotAgain",
                ],
                ignoreOrder: true);
    }

    private async Task<ProcessOutcome> EndOf(Says says) =>
        await (
            await Client.StartAsync(SayChain.Type, new SayInput(says), new StartOptions { Id = NewId() }, Cancel)
        ).WaitAsync(Cancel);
}
