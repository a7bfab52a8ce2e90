using System.Text;
using System.Text.Json;
using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.PortRules;

/// <summary>Outputs that steps emit.</summary>
/// <param name="stores">The clusters.</param>
public sealed class OutputTests(Stores stores) : BehaviourTest(stores, StoreKind.Memory)
{
    private const string First =
        """{"total":1,"name":"first","parcel":{"weight":5,"note":"fragile"},"extras":{"big":{"size":9}}}""";
    private const string Second =
        """{"total":1,"name":"second","parcel":{"weight":5,"note":"fragile"},"extras":{"big":{"size":9}}}""";
    private const string Merged =
        """{"total":7,"name":"second","parcel":{"weight":5,"note":"own"},"extras":{"big":{"size":9},"own":1}}""";

    [Fact]
    public async Task EmittedOutputs_AreSeenBeforeTheEnd_AndKeptByAKill()
    {
        var process = await StartAsync("wait");
        await StatusAsync(process, "waits", static status => status.Summary.State == ProcessState.Waiting);
        Text((await process.GetCheckpointAsync(Cancel)).Outputs).ShouldBe(First);

        await process.KillAsync(cancellationToken: Cancel);

        var outcome = await process.WaitAsync(Cancel);
        outcome.ExitLabel.ShouldBe("KILLED");
        Text(outcome.Output).ShouldBe(First);
        Text((await process.GetCheckpointAsync(Cancel)).Outputs).ShouldBe(First);
    }

    [Fact]
    public async Task StepThatEmitsWhileItIsKilled_KeepsWhatItEmitted()
    {
        var process = await StartAsync("hold");
        await Stage.ReachedAsync(process.Id, "emitted", Cancel);
        await process.KillAsync(cancellationToken: Cancel);
        await Cluster.SettleAsync(process.Id);
        Stage.Reach(process.Id, "go");

        var outcome = await process.WaitAsync(Cancel);

        outcome.State.ShouldBe(ProcessState.Killed);
        Text(outcome.Output).ShouldBe(Second);
    }

    [Fact]
    public async Task Deadline_KeepsTheOutputsAndHasItsLabel()
    {
        var process = await Client.StartAsync(
            EmitChain.Type,
            new EmitInput("wait"),
            new StartOptions { Id = NewId(), Deadline = TimeSpan.FromMilliseconds(100) },
            Cancel);

        var outcome = await process.WaitAsync(Cancel);

        outcome.ShouldSatisfyAllConditions(
            o => o.State.ShouldBe(ProcessState.Killed),
            o => o.ExitCode.ShouldBe(EngineExitCodes.DeadlineExceeded),
            o => o.ExitLabel.ShouldBe("DEADLINE_EXCEEDED"));
        Text(outcome.Output).ShouldBe(First);
    }

    [Theory]
    [InlineData("throw", ProcessState.Excepted, 12, "EXCEPTED", "it fell", First)]
    [InlineData("bad", ProcessState.Excepted, 12, "EXCEPTED", "outputs.total: ", First)]
    [InlineData(
        "badpath",
        ProcessState.Excepted,
        12,
        "EXCEPTED",
        "outputs.parcel.colour: there is no such port",
        First
    )]
    [InlineData("code", ProcessState.Finished, 430, "BROKEN", "It broke.", Second)]
    public async Task ProcessThatFails_KeepsWhatItsCompletedStepsEmitted(
        string then,
        ProcessState state,
        int status,
        string label,
        string message,
        string outputs)
    {
        var outcome = await (await StartAsync(then)).WaitAsync(Cancel);

        outcome.ShouldSatisfyAllConditions(
            o => o.State.ShouldBe(state),
            o => o.ExitCode.ShouldBe(status),
            o => o.ExitLabel.ShouldBe(label),
            o => o.Message.ShouldNotBeNull().ShouldStartWith(message),
            o => Text(o.Output).ShouldBe(outputs));
    }

    [Theory]
    [InlineData("nothing", First)]
    [InlineData("finish", Second)]
    [InlineData("failonce", Second)]
    [InlineData("caught", Second)]
    [InlineData("output", Merged)]
    [InlineData("create", Merged)]
    public async Task EmittedOutputs_AreMergedWithWhatItFinishesWith(string then, string outputs)
    {
        var outcome = await (await StartAsync(then)).WaitAsync(Cancel);

        outcome.IsSuccess.ShouldBeTrue(outcome.Message);
        Text(outcome.Output).ShouldBe(outputs);
    }

    [Fact]
    public async Task EmissionOfABadValue_ThrowsAtOnceWithThePath()
    {
        var process = await StartAsync("caught");
        await process.WaitAsync(Cancel);

        var context = WorkflowJson.Read<EmitContext>((await process.GetCheckpointAsync(Cancel)).Context!, "context")!;

        context.Caught.ShouldNotBeNull().ShouldStartWith("outputs.total: ");
    }

    [Fact]
    public async Task RequiredOutput_ThatIsMissing_IsNamedInTheReason()
    {
        var process = await Client.StartAsync(
            EmitChain.Type,
            new EmitInput("finish", Total: null),
            new StartOptions { Id = NewId() },
            Cancel);

        var outcome = await process.WaitAsync(Cancel);

        outcome.ShouldSatisfyAllConditions(
            o => o.State.ShouldBe(ProcessState.Finished),
            o => o.ExitCode.ShouldBe(EngineExitCodes.OutputsInvalid),
            o => o.ExitLabel.ShouldBe("OUTPUTS_INVALID"),
            o => o.Message.ShouldBe("outputs.total: a value is required."),
            o => o.Failure.ShouldNotBeNull().Message.ShouldContain("outputs.total"),
            o => Text(o.Output).ShouldContain("\"name\":\"second\""));
    }

    [Fact]
    public async Task DynamicOutput_LeavesTheDefinitionAsItIs()
    {
        var before = await Client.DescribeAsync(EmitChain.Type.Name, Cancel);

        await (await StartAsync("finish")).WaitAsync(Cancel);

        var after = await Client.DescribeAsync(EmitChain.Type.Name, Cancel);
        after.OutputSchema.ShouldBe(before.OutputSchema);
        JsonSerializer.Serialize(after.Outputs).ShouldBe(JsonSerializer.Serialize(before.Outputs));
        after.Outputs.Children.Single(static port => port.Name == "extras").ShouldSatisfyAllConditions(
            p => p.Kind.ShouldBe(PortKind.DynamicNamespace),
            p => p.Children.ShouldBeEmpty());
    }

    private Task<ProcessHandle<EmitOutput>> StartAsync(string then) =>
        Client.StartAsync(EmitChain.Type, new EmitInput(then), new StartOptions { Id = NewId() }, Cancel);

    /// <summary>What a store gives back may have other spaces and another order of names.</summary>
    private static string Text(byte[]? json) =>
        json is null
            ? "nothing"
            : JsonSerializer.Serialize(JsonSerializer.Deserialize<JsonElement>(Encoding.UTF8.GetString(json)));
}
