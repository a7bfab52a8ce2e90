using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Outlines;

/// <summary>What a silo makes of processes that another silo has begun, maybe under another definition.</summary>
/// <param name="stores">The clusters.</param>
/// <param name="kind">The store.</param>
public abstract class RedeployTest(Stores stores, StoreKind kind) : BehaviourTest(stores, kind)
{
    /// <inheritdoc/>
    protected override ClusterUse Use => ClusterUse.Restarted;

    [Fact]
    public async Task AwaitedChildren_OverARestart_AreInTheContext()
    {
        var process = await Client.StartAsync(
            FanChain.Type,
            new FanInput(["wait", "code", "wait"]),
            new StartOptions { Id = NewId() },
            Cancel);
        await StatusAsync(process, "waits for two", static status =>
            status.WaitingFor.Contains("2 of ", StringComparison.Ordinal));

        await Cluster.RestartAsync();

        foreach (var index in (int[])[2, 0])
        {
            await Client
                .GetHandle(ProcessId.Parse($"{process.Id}/0.{index}"))
                .SignalAsync("go", "now", cancellationToken: Cancel);
        }

        var output = await process.GetResultAsync(Cancel);
        output.Numbers.ShouldBe([0, 2]);
        output.Ends[1].ShouldBe("1 Finished 420 TIRED: Worker 1 is tired.");
        output.ShouldSatisfyAllConditions(
            o => o.Parcel.ShouldBe(77),
            o => o.Walk.ShouldBe("first d"),
            o => o.Seen.ShouldBeTrue());
    }

    [Fact]
    public async Task StepAddedElsewhere_AndChangedCode_LetRunningProcessesGoOn()
    {
        var process = await WaitingAsync();
        await Cluster.RestartAsync(typeof(ExtendedChain));

        await process.SignalAsync("go", "now", cancellationToken: Cancel);

        (await process.GetResultAsync(Cancel)).Way.ShouldBe("first got-by-new-code behind last");
    }

    [Fact]
    public async Task PositionThatIsGone_IsAnIncidentUntilItIsSkipped()
    {
        var process = await WaitingAsync();
        await Cluster.RestartAsync(typeof(RenamedChain));
        await process.SignalAsync("go", "now", cancellationToken: Cancel);
        var status = await StatusAsync(process, "has an incident", static status => status.Incident is not null);
        status.Incident!.ShouldSatisfyAllConditions(
            i => i.Code.ShouldBe(IncidentCode.PositionMissing),
            i => i.Text.ShouldContain("'go/Got'"),
            i => i.Remedy.ShouldContain("skip to a step that it has"));
        status.Summary.Paused.ShouldBeTrue();

        (await Should.ThrowAsync<ArgumentException>(process.SkipAsync("go/Got", Cancel))).Message.ShouldContain(
            "go/Received");
        await process.RetryAsync(Cancel);
        await StatusAsync(process, "has the incident again", again =>
            again.Incident is not null && again.Incident.OpenedAt > status.Incident!.OpenedAt);
        await process.SkipAsync("Last", Cancel);

        (await process.GetResultAsync(Cancel)).Way.ShouldBe("first last");
    }

    private async Task<ProcessHandle<Trail>> WaitingAsync()
    {
        await Cluster.RestartAsync(typeof(RedeployChain));
        var process = await Client.StartAsync(
            RedeployChain.Type,
            new NestInput(),
            new StartOptions { Id = NewId() },
            Cancel);
        await StatusAsync(process, "waits", static status => status.Summary.State == ProcessState.Waiting);
        return process;
    }
}

/// <summary>Running processes under other definitions in memory.</summary>
/// <param name="stores">The clusters.</param>
[Collection("restarts in memory")]
public sealed class MemoryRedeployTests(Stores stores) : RedeployTest(stores, StoreKind.Memory);

/// <summary>Running processes under other definitions on SQLite.</summary>
/// <param name="stores">The clusters.</param>
[Collection("restarts on SQLite")]
public sealed class SqliteRedeployTests(Stores stores) : RedeployTest(stores, StoreKind.Sqlite);

/// <summary>Running processes under other definitions on PostgreSQL.</summary>
/// <param name="stores">The clusters.</param>
[Collection("restarts on PostgreSQL")]
public sealed class PostgresRedeployTests(Stores stores) : RedeployTest(stores, StoreKind.Postgres);
