using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;
using Orleans.Workflows.Shared.Processes;
using Orleans.Workflows.Testing;

namespace Orleans.Workflows.Cluster;

/// <summary>
/// A cluster whose silos have different types: two of one team, one of another. What is wanted comes to a silo that has
/// it, whoever asks.
/// </summary>
public sealed class UnlikeSilosTests : IAsyncLifetime
{
    private const int Many = 20;

    /// <summary>
    /// A second is promised; a look that has just begun may have to end before the one that finds it. What is missed
    /// would come with a back-off, 5 s later.
    /// </summary>
    private static readonly TimeSpan Prompt = TimeSpan.FromSeconds(2);

    private readonly ProbeRecorder _recorder = new();
    private readonly List<ServiceProvider> _clients = [];
    private WorkflowTestCluster _cluster = null!;

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _cluster = await new WorkflowTestClusterBuilder()
            .WithSilos(3)
            .OnClock(TimeProvider.System)
            .AddService(_recorder)
            .ConfigureWorkflows(
                static (workflows, silo) =>
                {
                    workflows.Configure(static options => options.IdleTimeout = TimeSpan.FromSeconds(1));
                    _ = silo switch
                    {
                        < 2 => workflows.AddProcess<Hello>().AddProcess<Waiter>(),
                        2 => workflows.AddProcess<Parent>().AddProcess<OutlineSample>().AddProcess<Collector>(),
                        3 => workflows
                            .AddProcess<Parent>()
                            .AddProcess<OutlineSample>()
                            .AddProcess<Collector>()
                            .AddProcess<Late>(),
                        _ => workflows.AddProcess<LaterHello>(),
                    };
                })
            .StartAsync(Cancel);

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
        {
            await client.DisposeAsync();
        }

        await _cluster.DisposeAsync();
    }

    [Fact]
    public async Task Starts_OfAllTypesThroughEveryGateway_AllFinish()
    {
        var outside = Enumerable.Range(0, Many).SelectMany(i => StartAll(_cluster.Client, $"out-{i}"));
        var inside = _cluster.Silos.SelectMany(
            (silo, number) => Enumerable.Range(0, Many).SelectMany(i => StartAll(ClientOf(silo), $"in{number}-{i}")));

        var handles = await Task.WhenAll(outside.Concat(inside));
        foreach (var handle in handles.Where(static handle => handle.Id.Value.StartsWith('w')))
        {
            await handle.SignalAsync("go", "x", cancellationToken: Cancel);
        }

        var outcomes = await Task.WhenAll(handles.Select(static handle => handle.WaitAsync(Cancel)));
        outcomes.ShouldAllBe(static outcome => outcome.State == ProcessState.Finished);
    }

    [Fact]
    public async Task DelayedStartsAndTimers_RingWhereTheTypeIs_WithoutWaitingForAnotherScan()
    {
        var due = TimeSpan.FromSeconds(2);
        var delayed = await Task.WhenAll(
            Enumerable
                .Range(0, Many)
                .Select(i =>
                    _cluster.Client.StartAsync(
                        Types.Outline,
                        new HelloInput($"d{i}"),
                        new StartOptions { Id = ProcessId.Parse($"delayed-{i}"), Delay = due },
                        Cancel)));
        var waiting = await Task.WhenAll(
            Enumerable
                .Range(0, Many)
                .Select(i =>
                    _cluster.Client.StartAsync(
                        Types.Wait,
                        new WaitInput(Timeout: due),
                        new StartOptions { Id = ProcessId.Parse($"timer-{i}") },
                        Cancel)));

        foreach (var handle in delayed.Cast<ProcessHandle>().Concat(waiting))
        {
            (await handle.WaitAsync(Cancel)).State.ShouldBe(ProcessState.Finished);
            var summary = (await handle.GetStatusAsync(Cancel)).Summary;
            (summary.FinishedAt - summary.CreatedAt)!.Value.ShouldBeInRange(due, due + Prompt, handle.Id.Value);
        }
    }

    [Fact]
    public async Task Children_OfTypesOnOtherSilos_RunThere_AndTheirEndsAndSignalsComeBack()
    {
        var parents = await Task.WhenAll(Enumerable.Range(0, Many).Select(i => _cluster.Client.StartAsync(
            Types.Parent, new WaitInput(), new StartOptions { Id = ProcessId.Parse($"parent-{i}") }, Cancel)));
        foreach (var parent in parents)
        {
            await Eventually.TrueAsync("the child listens", async () =>
                await ChildOf(parent) is { } child && (await child.GetStatusAsync(Cancel)).AwaitedSignal == "go");
        }

        // Both ends are out of memory when the signal comes, so that each wake has to find its silo.
        await Eventually.TrueAsync("all have left memory", async () =>
            await InMemoryAsync(parents.Select(static parent => parent.Id)) == 0);
        await Task.WhenAll(
            parents.Select(async parent =>
                await (await ChildOf(parent))!.SignalAsync("go", parent.Id.Value, cancellationToken: Cancel)));

        var began = TimeProvider.System.GetTimestamp();
        var results = await Task.WhenAll(parents.Select(static parent => parent.GetResultAsync(Cancel)));
        results.Select(static result => result.Got).ShouldBe(parents.Select(static parent => parent.Id.Value));
        TimeProvider.System.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Controls_ThroughSilosWithoutTheType_AreCheckedByItsDefinition_AndCarriedOutWhereItIs()
    {
        foreach (var (silo, number) in _cluster.Silos.Select(static (silo, number) => (silo, number)))
        {
            var client = ClientOf(silo);
            var handle = client.GetHandle(
                (
                    await client.StartAsync(
                        Types.Collect,
                        new HelloInput("c", Steps: 1),
                        new StartOptions { Id = ProcessId.Parse($"collect-{number}"), Paused = true },
                        Cancel)
                ).Id);

            (await handle.SignalAsync("itme", 1, cancellationToken: Cancel)).AwaitedNames.ShouldBe(["item"]);
            (await handle.SignalAsync("item", 1, cancellationToken: Cancel)).AwaitedNames.ShouldBeNull();
            (
                await Should.ThrowAsync<ArgumentException>(() =>
                    handle.EditContextAsync("""{"itms":[1]}""", cancellationToken: Cancel))
            ).Message.ShouldContain("itms");
            (await handle.EditContextAsync("""{"items":[1]}""", cancellationToken: Cancel)).Status.ShouldBe(
                ControlStatus.Accepted);
            (
                await Should.ThrowAsync<ArgumentException>(() =>
                    handle.EditInputAsync("""{"nme":"d"}""", cancellationToken: Cancel))
            ).Message.ShouldContain("inputs.nme");
            (await handle.EditInputAsync("""{"name":"d"}""", cancellationToken: Cancel)).Status.ShouldBe(
                ControlStatus.Accepted);
            await Eventually.TrueAsync("the input is edited", async () =>
                Encoding
                    .UTF8.GetString((await handle.GetCheckpointAsync(Cancel)).Input)
                    .Contains("\"d\"", StringComparison.Ordinal));
            await Eventually.TrueAsync("the context is edited", async () =>
                Encoding
                    .UTF8.GetString((await handle.GetCheckpointAsync(Cancel)).Context ?? [])
                    .Contains('1', StringComparison.Ordinal));
            (await handle.PlayAsync(cancellationToken: Cancel)).Status.ShouldBe(ControlStatus.Accepted);
            (await handle.WaitAsync(Cancel)).State.ShouldBe(ProcessState.Finished);
        }
    }

    [Fact]
    public async Task TypesAndDescriptions_SpeakForTheCluster_AndSayWhichSilos()
    {
        foreach (var client in _cluster.Silos.Select(ClientOf).Append(_cluster.Client))
        {
            (await client.ListTypesAsync(Cancel)).ShouldBe([
                "test/collect",
                "test/hello",
                "test/outline",
                "test/parent",
                "test/wait",
            ]);
            var types = await client.ListTypeSilosAsync(Cancel);
            types
                .Select(static type => (type.Type, type.Silos.Count))
                .ShouldBe([
                    ("test/collect", 1),
                    ("test/hello", 2),
                    ("test/outline", 1),
                    ("test/parent", 1),
                    ("test/wait", 2),
                ]);
            types[0]
                .Silos.ShouldHaveSingleItem()
                .ShouldBe(
                    new ProcessTypeSilo(_cluster.Silos[2].Name, _cluster.Silos[2].SiloAddress.ToParsableString(), 1));
            (await client.DescribeAsync(Types.Collect.Name, Cancel)).Silos.ShouldBe(types[0].Silos);
            (await client.DescribeAsync(Types.Hello.Name, Cancel)).Silos.ShouldBe(types[1].Silos);
            var unknown = await Should.ThrowAsync<ProcessTypeUnknownException>(() =>
                client.StartJsonAsync("nobody/has-this", "{}"u8.ToArray(), cancellationToken: Cancel));
            unknown.Message.ShouldBe(
                "No live silo has the process type 'nobody/has-this'; the cluster has test/collect, test/hello, "
                + "test/outline, test/parent, test/wait.");
            (
                await Should.ThrowAsync<ProcessTypeUnknownException>(() =>
                    client.DescribeAsync("nobody/has-this", Cancel))
            ).Message.ShouldBe(unknown.Message);
        }
    }

    [Fact]
    public async Task OnlySiloOfAType_KilledAndBack_WhatWaitedGoesOnAtOnce_WithoutIncident()
    {
        var handles = await Task.WhenAll(
            Enumerable
                .Range(0, Many)
                .Select(i =>
                    _cluster.Client.StartAsync(
                        Types.Outline,
                        new HelloInput($"k{i}"),
                        new StartOptions { Id = ProcessId.Parse($"kept-{i}"), Delay = TimeSpan.FromSeconds(1) },
                        Cancel)));
        var later = await _cluster.Client.StartAsync(
            Types.Outline,
            new HelloInput("later"),
            new StartOptions { Delay = TimeSpan.FromHours(1) },
            Cancel);
        await _cluster.KillSiloAsync(_cluster.Silos[2], Cancel);

        // One that is not due waits for a silo as soon as there is a message for it.
        await later.SignalAsync("go", 1, cancellationToken: Cancel);
        (await later.GetStatusAsync(Cancel)).WaitingFor.ShouldBe(
            "A silo that can run it, for no live one can: here the type is not known here.");

        // They are due now, and nobody can run them, for longer than two back-offs would be.
        await Eventually.TrueAsync("status says what they wait for", async () =>
            (await handles[0].GetStatusAsync(Cancel)).WaitingFor
            == "A silo that can run it, for no live one can: here the type is not known here.");
        (
            await Should.ThrowAsync<ProcessTypeUnknownException>(() =>
                _cluster.Client.StartAsync(Types.Outline, new HelloInput("x"), cancellationToken: Cancel))
        ).Message.ShouldContain("the cluster has test/hello, test/wait.");
        await Eventually.TrueAsync("a wake with its back-off would have been made twice", async () =>
            Now - (await handles[0].GetStatusAsync(Cancel)).Summary.CreatedAt > TimeSpan.FromSeconds(9));
        await _cluster.StartSiloAsync(Cancel);

        var back = Now;
        foreach (var handle in handles)
        {
            (await handle.WaitAsync(Cancel)).State.ShouldBe(ProcessState.Finished);
            var history = await handle.GetHistoryAsync(cancellationToken: Cancel).ToListAsync(Cancel);
            history
                .SelectMany(static entry => entry.Events)
                .ShouldNotContain(static happened => happened.Kind == HistoryKind.IncidentOpened);
            (history[^1].At - back).ShouldBeLessThan(Prompt, handle.Id.Value);
        }
    }

    [Fact]
    public async Task SiloWithANewType_Joins_ItsTypeCanBeStartedAtOnceThroughEveryGateway()
    {
        var starting = _cluster.StartSiloAsync(Cancel);
        await starting;

        var handles = await Task.WhenAll(
            _cluster.Silos.SelectMany(silo =>
                Enumerable
                    .Range(0, Many)
                    .Select(_ =>
                        ClientOf(silo).StartAsync(Late.Type, new HelloInput("late"), cancellationToken: Cancel))));
        (await Task.WhenAll(handles.Select(static handle => handle.GetResultAsync(Cancel)))).ShouldAllBe(
            static result => result.Text == "late");
    }

    [Fact]
    public async Task LaterVersion_IsRunWhereItIs_AndTheEarlierOneAnywhere()
    {
        await _cluster.StartSiloAsync(Cancel);
        var later = await _cluster.StartSiloAsync(Cancel);
        var id = ProcessId.Parse("later");
        await StoredRows.DueAsync(_cluster.Store, id.Value, Now, version: 2);

        await Eventually.TrueAsync("it ends where its version is", async () =>
            await StoredRows.HasFinishedAsync(_cluster.Store, id));

        Encoding.UTF8.GetString((await _cluster.Store.LoadAsync(id, Cancel))!.Row.Output!).ShouldContain("later Hello");
        var described = await ClientOf(_cluster.Silos[0]).DescribeAsync(Types.Hello.Name, Cancel);
        described.Version.ShouldBe(2);
        described.Silos.Select(static silo => silo.Version).Order().ShouldBe([1, 1, 2]);
        described.Silos.ShouldContain(silo =>
            silo.Version == 2 && silo.Address == later.SiloAddress.ToParsableString());
    }

    private static IEnumerable<Task<ProcessHandle>> StartAll(IProcessClient client, string name)
    {
        yield return client.StartJsonAsync(
            Types.Hello.Name,
            """{"name":"n"}"""u8.ToArray(),
            new StartOptions { Id = ProcessId.Parse($"h-{name}") },
            Cancel);
        yield return client.StartJsonAsync(
            Types.Wait.Name,
            "{}"u8.ToArray(),
            new StartOptions { Id = ProcessId.Parse($"w-{name}") },
            Cancel);
        yield return client.StartJsonAsync(
            Types.Outline.Name,
            """{"name":"n"}"""u8.ToArray(),
            new StartOptions { Id = ProcessId.Parse($"o-{name}") },
            Cancel);
    }

    private IProcessClient ClientOf(InProcessSiloHandle silo)
    {
        var services = new ServiceCollection()
            .AddSingleton(silo.ServiceProvider.GetRequiredService<IGrainFactory>())
            .AddWorkflowClient()
            .BuildServiceProvider();
        _clients.Add(services);
        return services.GetRequiredService<IProcessClient>();
    }

    private async Task<ProcessHandle?> ChildOf(ProcessHandle parent) =>
        await _cluster.Client.ListAsync(new ProcessQuery { Parent = parent.Id }, Cancel).FirstOrDefaultAsync(Cancel)
            is { } child
            ? _cluster.Client.GetHandle(child.Id)
            : null;

    private async Task<int> InMemoryAsync(IEnumerable<ProcessId> ids)
    {
        var management = _cluster
            .Silos[0]
            .ServiceProvider.GetRequiredService<IGrainFactory>()
            .GetGrain<IManagementGrain>(0);
        var active = await management.GetDetailedGrainStatistics(["owf.process"]);
        var wanted = ids.Select(static id => id.Value).ToHashSet();
        return active.Count(grain => wanted.Contains(grain.GrainId.Key.ToString()!));
    }

    [Process("test/late")]
    private sealed class Late : Process<HelloInput, HelloOutput>
    {
        public static readonly ProcessType<HelloInput, HelloOutput> Type = new("test/late");

        protected override Task<StepResult> RunAsync(StepContext step) =>
            Task.FromResult(Finish(new HelloOutput(Input.Name)));
    }

    [Process("test/hello", Version = 2)]
    private sealed class LaterHello : Process<HelloInput, HelloOutput>
    {
        protected override Task<StepResult> RunAsync(StepContext step) =>
            Task.FromResult(Finish(new HelloOutput("later Hello")));
    }
}
