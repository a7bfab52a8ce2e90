using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Shared.Processes;
using Orleans.Workflows.Testing;

namespace Orleans.Workflows.Cluster;

/// <summary>A store that is away for a while, and a process that nobody here can run.</summary>
public sealed class OutageTests : IAsyncLifetime
{
    private TestCluster _cluster = null!;
    private CutOffProcessStore _store = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _cluster = await TestCluster.StartAsync(
        configure: options => options.OwnerScanInterval = TimeSpan.FromSeconds(1),
        wrap: store => _store = new CutOffProcessStore(store));

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task StoreAway_AtAnyAccessOfAParent_CostsNothingButTime()
    {
        var handles = new List<ProcessHandle<FamilyOutput>>();
        for (var access = 1; access <= 24; access++)
        {
            var id = ProcessId.New();
            _store.Plan(
                id,
                new CutOffPlan(access, CutOffMode.RefusedBefore) { Until = access + 2, WithDescendants = false });
            handles.Add(
                await _cluster.Client.StartAsync(
                    Types.Family,
                    new FamilyInput(Children: 3),
                    new StartOptions { Id = id },
                    Cancel));
        }

        foreach (var handle in handles)
        {
            (await handle.GetResultAsync(Cancel)).Sum.ShouldBe(4);
        }
    }

    [Theory]
    [InlineData(nameof(IProcessStore.ReadChildrenAsync))]
    [InlineData(nameof(IProcessStore.ReadInboxAsync))]
    [InlineData(nameof(IProcessStore.CommitAsync))]
    public async Task StoreAway_ForOneKindOfAccess_IsNoFailureOfTheProcess(string method)
    {
        var id = ProcessId.New();
        var plan = new CutOffPlan(access: 1, CutOffMode.RefusedBefore)
        {
            Until = 2,
            Only = method,
            WithDescendants = false,
        };
        _store.Plan(id, plan);

        var handle = await _cluster.Client.StartAsync(
            Types.Family,
            new FamilyInput(Children: 3),
            new StartOptions { Id = id },
            Cancel);

        (await handle.GetResultAsync(Cancel)).Sum.ShouldBe(4);
        plan.Accesses.ShouldBeGreaterThan(2);
    }

    [Fact]
    public async Task StoreAway_AtTheEndOfAStep_TheStepIsNotRunAgain()
    {
        var id = ProcessId.New();
        var plan = new CutOffPlan(access: 2, CutOffMode.RefusedBefore)
        {
            Until = 4,
            Only = nameof(IProcessStore.CommitAsync),
            WithDescendants = false,
        };
        _store.Plan(id, plan);

        var handle = await _cluster.Client.StartAsync(
            Types.Hello,
            new HelloInput("you", Steps: 2),
            new StartOptions { Id = id },
            Cancel);

        await handle.GetResultAsync(Cancel);
        plan.Accesses.ShouldBeGreaterThan(4, "the end of the first step was refused three times");
        (await handle.GetHistoryAsync(cancellationToken: Cancel).ToListAsync(Cancel))
            .SelectMany(static entry => entry.Events)
            .ShouldNotContain(static what => what.Kind == HistoryKind.Resumed);
    }

    [Fact]
    public async Task N20_TypeThatNobodyHas_IsLeftAloneUntilItsBackOff()
    {
        var id = ProcessId.New();
        var plan = new CutOffPlan(int.MaxValue, CutOffMode.RefusedBefore);
        _store.Plan(id, plan);
        await _cluster.Store.CommitAsync(
            new ProcessCommit
            {
                OperationId = Guid.CreateVersion7(),
                Row = RunningRow(id),
                ExpectedVersion = 0,
                History = [new HistoryEvent(HistoryKind.Created)],
            },
            Cancel);

        await _cluster.Grains.GetGrain<IProcessGrain>(id.Value).PokeAsync(null);
        await Eventually.TrueAsync("it is loaded", () => Task.FromResult(plan.Accesses > 0));
        for (var i = 0; i < 200; i++)
        {
            await (
                await _cluster.Client.StartAsync(Types.Hello, new HelloInput("meanwhile"), cancellationToken: Cancel)
            ).WaitAsync(Cancel);
        }

        // One load for the poke and one for each wake of those who look after orphans; a loop would make thousands.
        plan.Accesses.ShouldBeLessThan(20);
        (await _cluster.Store.LoadAsync(id, Cancel))!.Row.Version.ShouldBe(1);
    }

    private static ProcessRow RunningRow(ProcessId id) => new()
    {
        Id = id,
        RunId = "run",
        Type = "nobody/has-this",
        DefinitionVersion = 1,
        State = ProcessState.Running,
        Root = id,
        CreatedAt = TimeProvider.System.GetUtcNow(),
        UpdatedAt = TimeProvider.System.GetUtcNow(),
        Owner = "127.0.0.1:1@1",
        Version = 1,
        StartRequestId = "request",
        Input = "{}"u8.ToArray(),
        Checkpoint = """{"format":1,"position":"Step"}"""u8.ToArray(),
    };
}
