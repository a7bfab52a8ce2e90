using System.Text;
using Microsoft.Extensions.Time.Testing;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Testing;

namespace Orleans.Workflows.Cluster;

/// <summary>What supervision makes of rows that nobody can work with while hours pass on a fake clock.</summary>
public sealed class BadRowTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.Zero));
    private TestCluster _cluster = null!;
    private CutOffProcessStore _store = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _cluster = await TestCluster.StartAsync(time: _time, wrap: store => _store = new CutOffProcessStore(store));
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Theory]
    [InlineData("nobody/has-this", 1, 2, "the type is not known here")]
    [InlineData("test/hello", 9, 2, "it needs version 9 of its definition, and this silo has 1")]
    [InlineData("test/hello", 1, 99, "its checkpoint has format 99, and this silo knows 4")]
    public async Task RowThatNobodyKnows_IsLeftAloneForTenMinutes_AndIsThenOneIncident(
        string type,
        int version,
        int format,
        string reason)
    {
        var handle = await StoreAsync(
            ProcessState.Running,
            $$$"""{"format":{{{format}}},"position":"RunAsync","later":{"x":1}}""",
            owner: "127.0.0.1:1@1",
            type: type,
            version: version);
        var plan = Watch(handle.Id);
        await PassAsync(TimeSpan.FromMinutes(9));
        var untouched = (await _cluster.Store.LoadAsync(handle.Id, Cancel))!.Row;
        var why = (await StatusAsync(handle)).WaitingFor;

        await PassUntilAsync("it is an incident", async () => (await StatusAsync(handle)).Incident is not null);
        var incident = await StatusAsync(handle);
        await PassAsync(TimeSpan.FromHours(2));

        untouched.ShouldSatisfyAllConditions(
            row => row.Version.ShouldBe(1),
            row => row.Owner.ShouldBe("127.0.0.1:1@1"),
            row => row.Paused.ShouldBeFalse());
        why.ShouldBe(
            $"To be taken over: the silo 127.0.0.1:1@1, which ran the step 'RunAsync', is gone, and no live silo can "
            + $"run it: here {reason}.");
        incident.Incident!.Code.ShouldBe(IncidentCode.NotRunnable);
        incident.Incident.Text.ShouldContain(reason);
        var row = (await _cluster.Store.LoadAsync(handle.Id, Cancel))!.Row;
        row.Version.ShouldBe(2, "one commit, and no more in two hours");
        Encoding.UTF8.GetString(row.Checkpoint).ShouldContain("\"later\":{\"x\":1}");
        plan.Accesses.ShouldBeLessThan(60, "at most one load a minute and silo until it is an incident");
        await handle.KillAsync(cancellationToken: Cancel);
        await PassUntilAsync("it is killed", async () =>
            (await StatusAsync(handle)).Summary.State == ProcessState.Killed);
    }

    [Fact]
    public async Task F14_CheckpointThatCannotBeRead_IsOneCommitInHours()
    {
        var handle = await StoreAsync(ProcessState.Waiting, "not JSON", due: _time.GetUtcNow());
        var plan = Watch(handle.Id);

        await PassAsync(TimeSpan.FromHours(2));

        var status = await StatusAsync(handle);
        status.Incident!.Code.ShouldBe(IncidentCode.PayloadUnreadable);
        status.Summary.Version.ShouldBe(2);
        plan.Accesses.ShouldBeLessThan(10);
    }

    [Fact]
    public async Task MessageThatBreaksEachTurn_IsAnIncidentAtTheThirdTime_AndCanBeKilled()
    {
        var handle = await StoreAsync(
            ProcessState.Waiting,
            """{"format":2,"position":"RunAsync","wait":{"kind":2,"then":"RunAsync","signal":"go"}}""");
        await _cluster.Store.SendAsync(
            new InboxMessage
            {
                Receiver = handle.Id,
                MessageId = "e:broken",
                Kind = MessageKind.ChildEnded,
                Name = "no number",
                SentAt = _time.GetUtcNow(),
            },
            Cancel);
        var plan = Watch(handle.Id);

        await PassUntilAsync("it is an incident", async () => (await StatusAsync(handle)).Incident is not null);
        await PassAsync(TimeSpan.FromHours(1));

        var status = await StatusAsync(handle);
        status.Incident!.Code.ShouldBe(IncidentCode.StateUnusable);
        status.Incident.Text.ShouldContain("each try to go on fails");
        status.Summary.Version.ShouldBe(2);
        plan.Accesses.ShouldBeLessThan(200, "a try a minute at most");
        await handle.KillAsync("given up", cancellationToken: Cancel);
        await PassUntilAsync("it is killed", async () =>
            (await StatusAsync(handle)).Summary.State == ProcessState.Killed);
    }

    [Fact]
    public async Task OwnerThatIsNoSilo_KeepsNobodyFromBeingTakenOver()
    {
        const string Checkpoint = """{"format":2,"position":"RunAsync"}""";
        var bad = await StoreAsync(ProcessState.Running, Checkpoint, owner: "0 garbage");
        var good = await StoreAsync(ProcessState.Running, Checkpoint, owner: "127.0.0.1:1@1");

        await PassUntilAsync("both have ended", async () =>
            (await StatusAsync(bad)).Summary.State == ProcessState.Finished
            && (await StatusAsync(good)).Summary.State == ProcessState.Finished);
    }

    private CutOffPlan Watch(ProcessId id)
    {
        var plan = new CutOffPlan(int.MaxValue, CutOffMode.RefusedBefore);
        _store.Plan(id, plan);
        return plan;
    }

    /// <summary>A look of the test's own, which does not count as an access of the silo.</summary>
    private async Task<ProcessStatus> StatusAsync(ProcessHandle handle) =>
        (await _cluster.Whole.InspectAsync(handle.Id, Cancel)).Status;

    /// <summary>Time goes on, scan by scan, and scans have the time to be made.</summary>
    private async Task PassAsync(TimeSpan time)
    {
        for (var until = _time.GetUtcNow() + time; _time.GetUtcNow() < until;)
        {
            _time.Advance(TimeSpan.FromSeconds(15));
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, Cancel);
        }
    }

    private Task PassUntilAsync(string what, Func<Task<bool>> condition) => Eventually.TrueAsync(what, async () =>
    {
        await PassAsync(TimeSpan.FromSeconds(15));
        return await condition();
    });

    private async Task<ProcessHandle> StoreAsync(
        ProcessState state,
        string checkpoint,
        DateTimeOffset? due = null,
        string? owner = null,
        string type = "test/hello",
        int version = 1)
    {
        var id = ProcessId.New();
        var now = _time.GetUtcNow();
        var row = new ProcessRow
        {
            Id = id,
            RunId = "run",
            Type = type,
            DefinitionVersion = version,
            State = state,
            Root = id,
            CreatedAt = now,
            UpdatedAt = now,
            DueAt = due,
            Owner = owner,
            Version = 1,
            StartRequestId = "request",
            Input = """{"name":"x"}"""u8.ToArray(),
            Checkpoint = Encoding.UTF8.GetBytes(checkpoint),
        };
        var commit = new ProcessCommit
        {
            OperationId = Guid.CreateVersion7(),
            Row = row,
            ExpectedVersion = 0,
            History = [new HistoryEvent(HistoryKind.Created)],
        };
        (await _cluster.Store.CommitAsync(commit, Cancel)).Status.ShouldBe(CommitStatus.Done);
        return _cluster.Client.GetHandle(id);
    }
}
