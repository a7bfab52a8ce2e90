using Microsoft.Extensions.DependencyInjection;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Engine;
using Orleans.Workflows.Grains.Running;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Grains.Supervision;
using Orleans.Workflows.Shared.Processes;

namespace Orleans.Workflows.Cluster;

/// <summary>Three silos over one shared memory store.</summary>
public sealed class SeveralSilosTests : IAsyncLifetime
{
    private TestCluster _cluster = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _cluster = await TestCluster.StartAsync(silos: 3);

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
}
