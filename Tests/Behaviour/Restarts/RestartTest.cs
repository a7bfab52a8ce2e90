using System.Collections.Concurrent;
using Orleans.Workflows.Behaviour.Clusters;
using Orleans.Workflows.Behaviour.Families;
using Orleans.Workflows.Behaviour.Incidents;
using Orleans.Workflows.Behaviour.Launching;
using Orleans.Workflows.Behaviour.Matrix;
using Orleans.Workflows.Behaviour.Reports;

namespace Orleans.Workflows.Behaviour.Restarts;

/// <summary>
/// What a process is when another silo has taken the place of its own: restarts it once for many processes, because
/// that takes its time.
/// </summary>
/// <param name="stores">The clusters.</param>
/// <param name="kind">The store.</param>
public abstract class RestartTest(Stores stores, StoreKind kind) : BehaviourTest(stores, kind)
{
    /// <inheritdoc/>
    protected override ClusterUse Use => ClusterUse.Restarted;

    [Fact]
    public async Task N24_RunId_OfAProcessThatWasLoadedAgain_IsTheSame()
    {
        var process = await Client.StartAsync(
            RunIdProcess.Type,
            new MatrixInput(Situation.Waiting),
            new StartOptions { Id = NewId() },
            Cancel);
        await StatusAsync(process, "waits", static status => status.Summary.State == ProcessState.Waiting);

        await Cluster.RestartAsync();
        await process.SignalAsync("go", "now", cancellationToken: Cancel);

        var runId = (await process.GetResultAsync(Cancel)).Got;
        runId.ShouldNotBeNullOrEmpty();
        Stage.NotesOf(process.Id).ShouldBe([runId, runId]);
    }

    [Fact]
    public async Task Launch_AcrossARestart_IsWhatItWas()
    {
        var created = await Client.CreateAsync(
            LaunchProcess.Type,
            new LaunchInput("created"),
            new StartOptions { Id = NewId() },
            Cancel);
        var running = await Client.StartAsync(
            LaunchProcess.Type,
            new LaunchInput("running"),
            new StartOptions { Id = NewId() },
            Cancel);
        var ended = await Client.StartAsync(
            LaunchProcess.Type,
            new LaunchInput("ended"),
            new StartOptions { Id = NewId() },
            Cancel);
        Stage.Reach(ended.Id, "go");
        await ended.WaitAsync(Cancel);
        var called = new ConcurrentQueue<ProcessState>();
        await using var callback = running.OnFinish(outcome =>
        {
            called.Enqueue(outcome.State);
            return Task.CompletedTask;
        });
        await Stage.ReachedAsync(running.Id, "runs 1", Cancel);

        await Cluster.RestartAsync();

        await Stage.ReachedAsync(running.Id, "runs 2", Cancel);
        await Cluster.SettleAsync(created.Id);
        (await created.GetStatusAsync(Cancel)).Summary.State.ShouldBe(ProcessState.Created);
        Stage.NotesOf(created.Id).ShouldBeEmpty();
        (await ended.ContinueAsync(Cancel)).Outcome!.State.ShouldBe(ProcessState.Finished);
        called.ShouldBeEmpty();
        Stage.Reach(running.Id, "go");
        Stage.Reach(created.Id, "go");
        await created.ContinueAsync(Cancel);
        (await created.GetResultAsync(Cancel)).Text.ShouldBe("created");
        await callback.Completion.WaitAsync(Cancel);
        called.ShouldBe([ProcessState.Finished]);
    }

    [Fact]
    public async Task F18_Incidents_AcrossARestart_AreResolvedInEveryWay()
    {
        var retried = await IncidentAsync(IncidentChain.Type);
        var edited = await IncidentAsync(IncidentChain.Type);
        var skipped = await IncidentAsync(IncidentChain.Type);
        var skippedTo = await IncidentAsync(IncidentMachine.Type);
        var killed = await IncidentAsync(IncidentChain.Type);
        var edit = await edited.EditContextAsync("""{"express":true}""", "before", Cancel);
        await edit.WaitForEffectAsync(Cancel);
        Stage.Reach(retried.Id, "mended");

        await Cluster.RestartAsync();

        (await retried.RetryAsync(Cancel)).Status.ShouldBe(ControlStatus.Accepted);
        await edited.EditContextAsync("""{"amount":1}""", "behind", Cancel);
        await edited.RetryAsync(Cancel);
        await skipped.SkipAsync(cancellationToken: Cancel);
        await skippedTo.SkipAsync("Rescue", Cancel);
        await killed.KillAsync("given up", cancellationToken: Cancel);
        (await retried.GetResultAsync(Cancel)).Did.ShouldBe("Prepare0,Charge1,Last2");
        (await edited.GetResultAsync(Cancel)).Did.ShouldBe("Prepare0,Charge1,Hurry2,Last3");
        (await skipped.GetResultAsync(Cancel)).Did.ShouldBe("Prepare0,Last2");
        (await skippedTo.GetResultAsync(Cancel)).Did.ShouldBe("Rescue2");
        (await killed.WaitAsync(Cancel)).Message.ShouldBe("given up");
    }

    [Fact]
    public async Task N14_ParentThatWaitsForItsChildren_GoesOnAfterARestart()
    {
        var input = new MemberInput([MemberKind.Parent, MemberKind.Parent, MemberKind.Waits]);
        var root = await Client.StartAsync(MemberProcess.Type, input, new StartOptions { Id = NewId() }, Cancel);
        var child = Client.GetHandle(root.Id.Child(0, 0));
        var grandchild = Client.GetHandle(child.Id.Child(0, 0));
        await UntilAsync(
            "all wait",
            async () => (await root.GetTreeAsync(Cancel)).Flatten().ToList(),
            static members =>
                members.Count == 3 && members.All(static member => member.Process.State == ProcessState.Waiting));

        await Cluster.RestartAsync();

        await grandchild.SignalAsync("go", "on", cancellationToken: Cancel);
        (await root.GetResultAsync(Cancel)).Did.ShouldBe(MemberKind.Parent);
    }

    [Fact]
    public async Task N13_StepThatASiloThatIsGoneStillRuns_HasNoEffect()
    {
        var process = await Client.StartAsync(
            ReportProcess.Type,
            new ReportInput("wait deaf"),
            new StartOptions { Id = NewId() },
            Cancel);
        await Stage.ReachedAsync(process.Id, "runs 1", Cancel);

        await Cluster.RestartAsync();

        await Stage.ReachedAsync(process.Id, "runs 2", Cancel);
        Stage.Reach(process.Id, "go 1");
        await Cluster.SettleAsync(process.Id);
        Stage.Reach(process.Id, "go 2");
        (await process.GetResultAsync(Cancel)).Text.ShouldBe("attempt 2");
        var events = (await process.GetHistoryAsync(cancellationToken: Cancel).ToListAsync(Cancel))
            .SelectMany(static entry => entry.Events)
            .ToList();
        events
            .Count(static e =>
                e is { Kind: HistoryKind.StepCompleted, Text: "Deaf" } or { Kind: HistoryKind.Finished })
            .ShouldBe(2);
        var lines = await process.GetReportsAsync(cancellationToken: Cancel).ToListAsync(Cancel);
        lines.ShouldHaveSingleItem("what a silo that is gone had reported is lost").Text.ShouldBe("attempt 2");
    }

    private async Task<ProcessHandle<IncidentOutput>> IncidentAsync(ProcessType<IncidentInput, IncidentOutput> type)
    {
        var process = await Client.StartAsync(type, new IncidentInput(), new StartOptions { Id = NewId() }, Cancel);
        await StatusAsync(process, "has an incident", static status => status.Incident is not null);
        return process;
    }
}

/// <summary>Processes whose silo is replaced, in memory.</summary>
/// <param name="stores">The clusters.</param>
[Collection("restarts in memory")]
public sealed class MemoryRestartTests(Stores stores) : RestartTest(stores, StoreKind.Memory);

/// <summary>Processes whose silo is replaced, on SQLite.</summary>
/// <param name="stores">The clusters.</param>
[Collection("restarts on SQLite")]
public sealed class SqliteRestartTests(Stores stores) : RestartTest(stores, StoreKind.Sqlite);

/// <summary>Processes whose silo is replaced, on PostgreSQL.</summary>
/// <param name="stores">The clusters.</param>
[Collection("restarts on PostgreSQL")]
public sealed class PostgresRestartTests(Stores stores) : RestartTest(stores, StoreKind.Postgres);
