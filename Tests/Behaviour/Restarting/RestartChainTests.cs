using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Restarting;

/// <summary>A child that is run again until its input is right.</summary>
/// <param name="stores">The clusters.</param>
public sealed class RestartChainTests(Stores stores) : BehaviourTest(stores, StoreKind.Memory)
{
    [Fact]
    public async Task Child_ThatFails_IsRunAgainWithAnAdjustedInput()
    {
        var output = await ExecuteAsync(new TryInput { Ends = ["memory", "walltime", "ok"] });

        output.ShouldSatisfyAllConditions(
            o => o.Runs.ShouldBe(3),
            o => o.LastCode.ShouldBe(0),
            o =>
                o.Considered.ShouldBe([
                    "1 High restart",
                    "1 Later nothing",
                    "1 Low nothing",
                    "2 Inherited restart",
                    "3 Later nothing",
                ]));
    }

    [Fact]
    public async Task Handlers_ThatTheCallerOverrides_AreCalledAsItSays()
    {
        var output = await ExecuteAsync(new TryInput
        {
            Ends = ["memory", "ok"],
            HandlerOverrides = new Dictionary<string, HandlerOverride>
            {
                ["High"] = new() { Priority = 0 },
                ["Off"] = new() { Enabled = true },
                ["Later"] = new() { Enabled = false },
            },
        });

        output.Considered.ShouldBe(["1 Low nothing", "1 Off nothing", "1 High restart"]);
    }

    [Theory]
    [InlineData("High", "break restart", "1 High restart", 2)]
    [InlineData(
        "Later",
        "break restart",
        "1 High restart|1 Later restart|2 Later restart|3 Later restart|4 Later restart|5 Later restart",
        5
    )]
    [InlineData("Low", "done", "1 High restart|1 Later nothing|1 Low done", 1)]
    public async Task Report_OfTheLastHandlerThatMadeOne_Counts(
        string handler,
        string says,
        string considered,
        int runs)
    {
        var process = await StartAsync(
            new TryInput
            {
                Ends = ["memory", "ok"],
                Says = new Dictionary<string, string> { [handler] = says },
            });

        await process.WaitAsync(Cancel);

        var context = await ContextAsync(process);
        string.Join('|', context.Considered.Select(static c => $"{c.Iteration} {c.Handler} {c.Report}"))
            .ShouldStartWith(considered);
        context.Children.Count.ShouldBe(runs);
    }

    [Theory]
    [InlineData("abort", ProcessState.Finished, 440, "HOPELESS", "No use after 1 runs.")]
    [InlineData("break abort", ProcessState.Finished, 440, "HOPELESS", "No use after 1 runs.")]
    [InlineData("undeclared", ProcessState.Excepted, 12, "EXCEPTED", "UNDECLARED is not one that TryChain declares")]
    public async Task Abort_EndsTheChain(string says, ProcessState state, int status, string label, string message)
    {
        var outcome = await EndAsync(
            new TryInput
            {
                Ends = ["memory"],
                Says = new Dictionary<string, string> { ["High"] = says },
            });

        outcome.ShouldSatisfyAllConditions(
            o => o.State.ShouldBe(state),
            o => o.ExitCode.ShouldBe(status),
            o => o.ExitLabel.ShouldBe(label),
            o => o.Message.ShouldNotBeNull().ShouldContain(message));
    }

    [Theory]
    [InlineData("throw", UnhandledFailureAction.RestartOnce, 30, "CHILD_EXCEPTED", "it fell", 1)]
    [InlineData("kill", UnhandledFailureAction.RestartOnce, 31, "CHILD_KILLED", "it gave up", 1)]
    [InlineData("memory", UnhandledFailureAction.Abort, 32, "ITERATIONS_EXCEEDED", "5 times", 5)]
    [InlineData("strange", UnhandledFailureAction.Abort, 33, "UNHANDLED_FAILURE", "Nobody knows why.", 1)]
    [InlineData("strange", UnhandledFailureAction.RestartOnce, 33, "UNHANDLED_FAILURE", "Nobody knows why.", 2)]
    public async Task Child_ThatCannotBeMended_EndsTheChain(
        string end,
        UnhandledFailureAction action,
        int status,
        string label,
        string message,
        int runs)
    {
        var process = await StartAsync(new TryInput { Ends = [end], OnUnhandledFailure = action });

        var outcome = await process.WaitAsync(Cancel);

        outcome.ShouldSatisfyAllConditions(
            o => o.State.ShouldBe(ProcessState.Finished),
            o => o.ExitCode.ShouldBe(status),
            o => o.ExitLabel.ShouldBe(label),
            o => o.Message.ShouldNotBeNull().ShouldContain(message));
        (await ContextAsync(process)).Children.Count.ShouldBe(runs);
    }

    [Fact]
    public async Task HandledFailure_BetweenTwoUnhandled_ResetsTheMark()
    {
        var process = await StartAsync(new TryInput
        {
            Ends = ["strange"],
            OnUnhandledFailure = UnhandledFailureAction.RestartOnce,
            MaxIterations = 1,
            PauseOnMaxIterations = true,
        });
        foreach (var next in (string[])["memory", "strange", "ok"])
        {
            await PausedAsync(process);
            await process.EditContextAsync($$$"""{"inputs":{"ends":["{{{next}}}"]}}""", cancellationToken: Cancel);
            await (await process.PlayAsync(cancellationToken: Cancel)).WaitForEffectAsync(Cancel);
        }

        var output = await process.GetResultAsync(Cancel);

        output.Runs.ShouldBe(4);
    }

    [Theory]
    [InlineData(UnhandledFailureAction.Pause, 1)]
    [InlineData(UnhandledFailureAction.RestartOnceThenPause, 2)]
    public async Task UnhandledFailure_ThatPauses_RunsAgainWhenItIsPlayed(UnhandledFailureAction action, int runs)
    {
        var process = await StartAsync(
            new TryInput
            {
                Ends = ["strange"],
                OnUnhandledFailure = action,
                MaxIterations = runs,
            });
        var status = await PausedAsync(process);
        status.Summary.StatusText.ShouldNotBeNull().ShouldContain("Nobody knows why.");
        (await ContextAsync(process)).Children.Count.ShouldBe(runs);

        await process.EditContextAsync("""{"inputs":{"ends":["ok"]}}""", cancellationToken: Cancel);
        await process.PlayAsync(cancellationToken: Cancel);

        (await process.GetResultAsync(Cancel)).Runs.ShouldBe(runs + 1);
    }

    [Fact]
    public async Task PauseOnMaxIterations_CountsAnewWhenItIsPlayed()
    {
        var process = await StartAsync(
            new TryInput
            {
                Ends = ["memory"],
                MaxIterations = 2,
                PauseOnMaxIterations = true,
            });
        (await PausedAsync(process)).Summary.StatusText.ShouldNotBeNull().ShouldContain("2 times");

        await process.PlayAsync(cancellationToken: Cancel);
        await UntilAsync(
            "it has run four times",
            () => ContextAsync(process),
            static context => context.Children.Count == 4);
        await PausedAsync(process);
        await process.EditContextAsync("""{"inputs":{"ends":["ok"]}}""", cancellationToken: Cancel);
        await process.PlayAsync(cancellationToken: Cancel);

        (await process.GetResultAsync(Cancel)).Runs.ShouldBe(5);
    }

    [Theory]
    [InlineData(
        """{"ends":["ok"],"handlerOverrides":{"Hihg":{"enabled":false}}}""",
        "inputs.handlerOverrides.Hihg: there is no such handler; there are: High, Inherited, Later, Low, Never, Off."
    )]
    [InlineData("""{"ends":["ok"],"handlerOverrides":null}""", "inputs.handlerOverrides")]
    [InlineData("""{"ends":["ok"],"maxIterations":0}""", "inputs.maxIterations")]
    public async Task InputThatCannotBe_RefusesTheStart(string input, string fault)
    {
        var e = await Should.ThrowAsync<PortValidationException>(
            Client.StartJsonAsync(
                TryChain.Type.Name,
                System.Text.Encoding.UTF8.GetBytes(input),
                cancellationToken: Cancel));

        e.Faults.ShouldHaveSingleItem().ToString().ShouldStartWith(fault);
    }

    private async Task<ProcessHandle<TryOutput>> StartAsync(TryInput input) =>
        await Client.StartAsync(TryChain.Type, input, new StartOptions { Id = NewId() }, Cancel);

    private async Task<ProcessOutcome> EndAsync(TryInput input) => await (await StartAsync(input)).WaitAsync(Cancel);

    private async Task<TryOutput> ExecuteAsync(TryInput input) =>
        await (await StartAsync(input)).GetResultAsync(Cancel);

    private static Task<ProcessStatus> PausedAsync(ProcessHandle process) =>
        StatusAsync(process, "is paused", static status => status.Summary.Paused);

    private static async Task<TryContext> ContextAsync(ProcessHandle process) =>
        WorkflowJson.Read<TryContext>((await process.GetCheckpointAsync(Cancel)).Context!, "context")!;
}
