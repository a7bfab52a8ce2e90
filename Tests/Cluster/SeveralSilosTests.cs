using Microsoft.Extensions.DependencyInjection;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Engine;
using Orleans.Workflows.Grains.Gateway;
using Orleans.Workflows.Grains.Running;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Grains.Supervision;
using Orleans.Workflows.Shared.Processes;

namespace Orleans.Workflows.Cluster;

/// <summary>Three silos over one shared memory store.</summary>
public sealed class SeveralSilosTests : IAsyncLifetime
{
    private readonly Calls _calls = new();
    private TestCluster _cluster = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _cluster = await TestCluster.StartAsync(
        silos: 3,
        services: services => services.AddSingleton<IIncomingGrainCallFilter>(_calls));

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Load_OverThreeSilos_AllFinish()
    {
        var handles = await Task.WhenAll(Enumerable.Range(0, 300).Select(i =>
            _cluster.Client.StartAsync(Types.Hello, new HelloInput($"n{i}"), cancellationToken: Cancel)));

        var results = await Task.WhenAll(handles.Select(handle => handle.GetResultAsync(Cancel)));

        results
            .Select(result => result.Text)
            .ShouldBe(Enumerable.Range(0, 300).Select(i => $"Hello n{i} after 5 steps"));
    }

    /// <summary>
    /// That silos may have different types costs a cluster nothing whose silos have the same: a process is called where
    /// it is, by nobody else and once.
    /// </summary>
    [Fact]
    public async Task StartsSignalsAndTimers_WhereAllSilosAreAlike_AreOneCallOfTheProcessEach()
    {
        const int many = 50;
        const string Wake = "ProcessGrain.WakeAsync";
        var ids = Enumerable.Range(0, many).Select(static i => ProcessId.Parse($"alike-{i:00}")).ToList();

        var handles = await Task.WhenAll(ids.Select(id => _cluster.Client.StartAsync(
            Types.Wait, new WaitInput(), new StartOptions { Id = id }, Cancel)));
        await Eventually.TrueAsync("all wait", async () =>
            (await Task.WhenAll(ids.Select(RowAsync))).All(static row => row.State == ProcessState.Waiting));
        Made().ShouldBe([("ProcessGrain.StartAsync", many)]);

        await Task.WhenAll(handles.Select(static handle => handle.SignalAsync("go", "on", cancellationToken: Cancel)));
        await Eventually.TrueAsync("all have finished", async () =>
            (await Task.WhenAll(ids.Select(RowAsync))).All(static row => row.State == ProcessState.Finished));
        Made().ShouldBe([("ProcessGatewayGrain.SendAsync", many), ("ProcessGrain.PokeAsync", many)]);

        // Rows that only supervisors know of, in silos where none of them is in memory.
        var due = await Task.WhenAll(
            Enumerable
                .Range(0, many)
                .Select(i => StoredRows.DueAsync(_cluster.Store, $"due-{i:00}", TimeProvider.System.GetUtcNow())));
        await Eventually.TrueAsync("all have been woken and have finished", async () =>
            (await Task.WhenAll(due.Select(RowAsync))).All(static row => row.State == ProcessState.Finished));
        var (call, times) = _calls.Take().ShouldHaveSingleItem();
        call.ShouldBe(Wake);
        times.ShouldBeInRange(many, many + (many / 10));

        // A machine that is so slow that supervisors come first makes a wake more, and nothing else.
        IReadOnlyList<(string Call, int Times)> Made() => [.. _calls.Take().Where(static made => made.Call != Wake)];
    }

    [Fact]
    public async Task N22_SiloStopped_RunningSteps_AreGivenBackAndGoOnElsewhere()
    {
        var handles = await StartGatesAsync(12);
        var leaving = OwnerOf(await RowAsync(handles[0].Id));
        var moved = (await Task.WhenAll(handles.Select(async handle => (handle, row: await RowAsync(handle.Id)))))
            .Where(pair => OwnerOf(pair.row) == leaving)
            .Select(pair => pair.handle)
            .ToList();

        await _cluster.Cluster.StopSiloAsync(
            _cluster.Cluster.Silos.Single(silo => silo.SiloAddress.Equals(leaving)),
            Cancel);
        handles.ForEach(handle => _cluster.Recorder.Open(handle.Id));

        await Task.WhenAll(handles.Select(handle => handle.GetResultAsync(Cancel)));
        moved.ShouldNotBeEmpty();
        foreach (var handle in moved)
        {
            var kinds = await handle
                .GetHistoryAsync(cancellationToken: Cancel)
                .SelectMany(entry => entry.Events)
                .Select(happened => happened.Kind)
                .ToListAsync(Cancel);
            kinds.ShouldContain(HistoryKind.Released);
            kinds.ShouldContain(HistoryKind.Resumed);
        }
    }

    [Fact]
    public async Task F26_SiloKilled_RunningSteps_AreResumedElsewhere()
    {
        var handles = await StartGatesAsync(12);
        var killed = OwnerOf(await RowAsync(handles[0].Id));

        await _cluster.Cluster.KillSiloAsync(
            _cluster.Cluster.Silos.Single(silo => silo.SiloAddress.Equals(killed)),
            Cancel);
        handles.ForEach(handle => _cluster.Recorder.Open(handle.Id));

        var outputs = await Task.WhenAll(handles.Select(handle => handle.GetResultAsync(Cancel)));
        outputs.Max(output => output.Attempt).ShouldBe(2);
    }

    [Fact]
    public async Task F02_TwoActivationsOfOneId_OneWins()
    {
        var handle = (await StartGatesAsync(1))[0];
        var loaded = (await _cluster.Store.LoadAsync(handle.Id, Cancel))!;
        var elsewhere = _cluster.Cluster.Silos[0].ServiceProvider.GetRequiredService<Decisions>();

        // What another activation does when it loads the row: it takes the step over before it runs anything.
        var decision = ProcessEngine.Decide(
            EngineState.Load(loaded),
            [new ProcessEvent.PickedUp()],
            new EngineContext(elsewhere.Now, elsewhere.Owner, Guid.CreateVersion7(), "RunAsync", 1));
        (await _cluster.Store.CommitAsync(decision.Commit!, Cancel)).Status.ShouldBe(CommitStatus.Done);
        _cluster.Recorder.Open(handle.Id);

        // The first activation's result is refused; whoever loads the row next runs the step again.
        await Eventually.TrueAsync("the first attempt has passed", () =>
            Task.FromResult(_cluster.Recorder.Notes.Contains($"{handle.Id} attempt 1 passed")));
        (await handle.GetResultAsync(Cancel)).Attempt.ShouldBeGreaterThan(1);
        var versions = await handle
            .GetHistoryAsync(cancellationToken: Cancel)
            .Select(entry => entry.Version)
            .ToListAsync(Cancel);
        versions.ShouldBe(Enumerable.Range(1, versions.Count).Select(version => (long)version));
    }

    [Fact]
    public async Task F04_ActivationEnded_WhileItsStepRuns_IsTakenOverByTheNext()
    {
        var handle = (await StartGatesAsync(1))[0];
        _cluster.Recorder.Reset(handle.Id);

        await _cluster.Cluster.DeactivateAsync(_cluster.Cluster.Client.GetGrain<IProcessGrain>(handle.Id.Value));
        await _cluster.Recorder.EnteredAsync(handle.Id);
        _cluster.Recorder.Open(handle.Id);

        (await handle.GetResultAsync(Cancel)).Attempt.ShouldBe(2);
        _cluster.Recorder.Notes.ShouldContain($"{handle.Id} stopped: Shutdown");
    }

    [Fact]
    public async Task Supervisors_AfterASiloJoins_SpreadOverAll()
    {
        await Eventually.TrueAsync("supervisors on three silos", () =>
            Task.FromResult(HomesOfSupervisors().Count == 3));

        await _cluster.Cluster.StartAdditionalSiloAsync();

        await Eventually.TrueAsync(
            "supervisors on four silos",
            () => Task.FromResult(HomesOfSupervisors().Count == 4),
            seconds: 60);
    }

    private HashSet<SiloAddress> HomesOfSupervisors()
    {
        var homes = new HashSet<SiloAddress>();
        for (var index = 0; index < 4; index++)
        {
            var id = _cluster.Cluster.Client.GetGrain<ISupervisorGrain>(new SupervisorKey(index, 4).Value).GetGrainId();
            if (_cluster.Cluster.TryGetGrainContext(id, out var context))
            {
                homes.Add(context!.Address.SiloAddress!);
            }
        }

        return homes;
    }

    private async Task<List<ProcessHandle<ProbeOutput>>> StartGatesAsync(int count)
    {
        var handles = await Task.WhenAll(
            Enumerable
                .Range(0, count)
                .Select(_ =>
                    _cluster.Client.StartAsync(Types.Probe, new ProbeInput("gate"), cancellationToken: Cancel)));
        await Task.WhenAll(handles.Select(handle => _cluster.Recorder.EnteredAsync(handle.Id)));
        return [.. handles];
    }

    private async Task<ProcessRow> RowAsync(ProcessId id) => (await _cluster.Store.LoadAsync(id, Cancel))!.Row;

    private static SiloAddress OwnerOf(ProcessRow row) => SiloAddress.FromParsableString(row.Owner!);

    /// <summary>The calls that clients and silos make to processes, gateways and definitions.</summary>
    private sealed class Calls : IIncomingGrainCallFilter
    {
        private readonly Lock _lock = new();
        private Dictionary<string, int> _made = [];

        public IReadOnlyList<(string Call, int Times)> Take()
        {
            lock (_lock)
            {
                var made = _made;
                _made = [];
                return [.. made.OrderBy(static call => call.Key).Select(static call => (call.Key, call.Value))];
            }
        }

        public Task Invoke(IIncomingGrainCallContext context)
        {
            if (context.Grain is IProcessGrain or IProcessGatewayGrain or IDefinitionGrain)
            {
                lock (_lock)
                {
                    var call = $"{context.Grain.GetType().Name}.{context.MethodName}";
                    _made[call] = _made.GetValueOrDefault(call) + 1;
                }
            }

            return context.Invoke();
        }
    }
}
