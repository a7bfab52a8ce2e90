using Microsoft.Extensions.DependencyInjection;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Overload;
using Orleans.Workflows.Shared.Processes;

namespace Orleans.Workflows.Cluster;

/// <summary>A silo that is short of something takes no new processes, and everything else.</summary>
public sealed class SheddingTests : IAsyncLifetime
{
    private double _used;
    private TestCluster _cluster = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _cluster = await TestCluster.StartAsync(services: services =>
            services.AddSingleton(
                new LoadReadings(() => (Volatile.Read(ref _used), 1 << 30), static () => TimeSpan.Zero)));

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Starts_WhileMemoryIsShort_AreRefusedByNameAndNothingElseIs()
    {
        var waiting = await _cluster.Client.StartAsync(Types.Wait, new WaitInput(), cancellationToken: Cancel);
        var killed = await _cluster.Client.StartAsync(Types.Wait, new WaitInput(), cancellationToken: Cancel);
        var parent = await _cluster.Client.StartAsync(Types.Probe, new ProbeInput("gate"), cancellationToken: Cancel);
        await _cluster.Recorder.EnteredAsync(parent.Id);
        var health = _cluster.Cluster.Silos[0].ServiceProvider.GetRequiredService<IWorkflowHealth>();
        var before = Request();
        var first = ProcessId.New();
        (await GrainOf(first).StartAsync(before, observer: null)).Status.ShouldBe(StartStatus.Created);

        Volatile.Write(ref _used, 0.9);
        await Eventually.TrueAsync("the silo sheds", () => Task.FromResult(health.WhyNoStarts is not null));
        var refused = ProcessId.New();
        var reply = await GrainOf(refused).StartAsync(Request(), observer: null);

        reply.Status.ShouldBe(StartStatus.Overloaded);
        reply.Faults.ShouldHaveSingleItem().ShouldStartWith("The silo uses 90 % of its memory of 1,024 MiB");
        (await _cluster.Store.LoadAsync(refused, Cancel)).ShouldBeNull();
        (await health.WhyNotReadyAsync(Cancel)).ShouldBeNull("signals and controls still have to come in");
        (await GrainOf(first).StartAsync(before with { MayBeStored = true }, observer: null)).Status.ShouldBe(
            StartStatus.Created,
            "a start that was stored gets its first answer");
        (await GrainOf(first).StartAsync(Request() with { MayBeStored = true }, observer: null)).Status.ShouldBe(
            StartStatus.AlreadyExists);
        await waiting.SignalAsync("go", "on", cancellationToken: Cancel);
        (await waiting.GetResultAsync(Cancel)).Got.ShouldBe("on");
        await killed.KillAsync(cancellationToken: Cancel);
        (await killed.WaitAsync(Cancel)).State.ShouldBe(ProcessState.Killed);
        _cluster.Recorder.Open(parent.Id);
        (await parent.GetResultAsync(Cancel)).Attempt.ShouldBe(1);

        Volatile.Write(ref _used, 0.1);
        await Eventually.TrueAsync("the silo takes starts again", () => Task.FromResult(health.WhyNoStarts is null));
        (await GrainOf(refused).StartAsync(Request(), observer: null)).Status.ShouldBe(StartStatus.Created);
    }

    [Fact]
    public async Task Children_WhileMemoryIsShort_AreStarted()
    {
        var family = ProcessId.New();
        var health = _cluster.Cluster.Silos[0].ServiceProvider.GetRequiredService<IWorkflowHealth>();
        var handle = await _cluster.Client.StartAsync(
            Types.Family,
            new FamilyInput(Children: 3),
            new StartOptions { Id = family, Delay = TimeSpan.FromSeconds(1) },
            Cancel);

        Volatile.Write(ref _used, 0.9);
        await Eventually.TrueAsync("the silo sheds", () => Task.FromResult(health.WhyNoStarts is not null));

        (await handle.GetResultAsync(Cancel)).Sum.ShouldBe(4);
        health.WhyNoStarts.ShouldNotBeNull();
    }

    private IProcessGrain GrainOf(ProcessId id) => _cluster.Cluster.Client.GetGrain<IProcessGrain>(id.Value);

    private static StartRequest Request() =>
        new()
        {
            RequestId = Guid.NewGuid().ToString("N"),
            Type = Types.Wait.Name,
            Input = "{}"u8.ToArray(),
        };
}
