using Orleans.Core.Internal;
using Orleans.Storage;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Gateway;
using Orleans.Workflows.Grains.Supervision;
using Orleans.Workflows.Shared.Processes;

namespace Orleans.Workflows.Cluster.Edge;

/// <summary>What one who has reached the gateway with Orleans' own client can do, and what not.</summary>
public sealed class ClientBoundaryTests(SharedCluster shared) : IClassFixture<SharedCluster>
{
    private static readonly SupervisorKey Ours = new(0, 4);

    private static readonly Dictionary<string, Func<IGrainFactory, SiloAddress, Task>> Closed = new()
    {
        ["settings are read"] = static (client, _) => client.GetGrain<IClusterSettingsGrain>(0).GetAsync(),
        ["the engine is stopped"] = static (client, _) =>
            client.GetGrain<IClusterSettingsGrain>(0).SetAsync(new ClusterSettings { EnginePaused = true }),
        ["a supervisor is told to scan"] = static (client, _) =>
            client.GetGrain<ISupervisorGrain>(Ours.Value).ScanAsync(ownersToo: true),
        ["a reminder is forged"] = static (client, _) =>
            client.GetGrain<ISupervisorGrain>(Ours.Value).AsReference<IRemindable>().ReceiveReminder("scan", default),
        ["an activation is ended"] = static (client, _) =>
            client
                .GetGrain<IProcessGrain>("victim")
                .AsReference<IGrainManagementExtension>()
                .DeactivateOnIdle()
                .AsTask(),
        ["the gateway's grain is ended"] = static (client, _) =>
            client
                .GetGrain<IProcessGatewayGrain>(0)
                .AsReference<IGrainManagementExtension>()
                .DeactivateOnIdle()
                .AsTask(),
        ["statistics are read"] = static (client, _) =>
            client.GetGrain<IManagementGrain>(0).GetSimpleGrainStatistics(),
        ["activations are collected"] = static (client, _) =>
            client.GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.FromSeconds(1)),
        ["versions are changed"] = static (client, _) =>
            client.GetGrain<IManagementGrain>(0).AsReference<IVersionManager>().SetSelectorStrategy(null!),
        ["stored state is read"] = static (client, _) =>
            client.GetGrain<IMemoryStorageGrain>(0).ReadStateAsync<object>("x"),
        ["a silo is controlled"] = static (client, silo) => ControlAsync(client, silo, "GetActivationCount"),
        ["a silo is pinged"] = static (client, silo) => ControlAsync(client, silo, "Ping"),
    };

    public static TheoryData<string> NotForClients => [.. Closed.Keys];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private IGrainFactory Outside => shared.Whole.Cluster.Client;

    [Theory]
    [MemberData(nameof(NotForClients))]
    public async Task Call_ThatIsNotForClients_IsRefusedFromOutsideAndTheReasonIsTold(string call)
    {
        var error = await Should.ThrowAsync<WorkflowException>(() =>
            Closed[call](Outside, shared.Whole.Cluster.Silos[0].SiloAddress));

        error.Message.ShouldContain("is not for clients");
        (await shared.Whole.Grains.GetGrain<IClusterSettingsGrain>(0).GetAsync()).ShouldBe(new ClusterSettings());
    }

    [Fact]
    public async Task Calls_OfASilosOwnCode_AreNotRefused()
    {
        await shared.Whole.Grains.GetGrain<ISupervisorGrain>(Ours.Value).ScanAsync(ownersToo: true);

        (await shared.Whole.Grains.GetGrain<IManagementGrain>(0).GetSimpleGrainStatistics(Cancel)).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task GrainOfAHostsOwn_StaysOpenToItsClients()
    {
        (await Outside.GetGrain<IOwnGrain>(0).EchoAsync("hello")).ShouldBe("hello");

        await Outside.GetGrain<IOwnGrain>(0).AsReference<IGrainManagementExtension>().DeactivateOnIdle(Cancel);
    }

    [Fact]
    public async Task Management_OpenedByOption_IsForClients()
    {
        await using var cluster = await TestCluster.StartAsync(configure: static options =>
            options.ManagementByClients = true);
        var settings = cluster.Cluster.Client.GetGrain<IClusterSettingsGrain>(0);

        await settings.SetAsync(new ClusterSettings { WakesPerSecond = 7 });

        (await settings.GetAsync()).WakesPerSecond.ShouldBe(7);
        (
            await cluster.Cluster.Client.GetGrain<IManagementGrain>(0).GetSimpleGrainStatistics(Cancel)
        ).ShouldNotBeEmpty();
        await Should.ThrowAsync<WorkflowException>(() =>
            cluster.Cluster.Client.GetGrain<ISupervisorGrain>(Ours.Value).ScanAsync(ownersToo: true));
    }

    [Fact]
    public async Task PokeFromOutside_WithATimeToCome_RingsNoTimer()
    {
        var handle = await shared.Client.StartAsync(
            Types.Wait,
            new WaitInput(Timeout: TimeSpan.FromDays(2)),
            cancellationToken: Cancel);
        await Eventually.TrueAsync("it waits", async () =>
            (await handle.GetStatusAsync(Cancel)).Summary.State == ProcessState.Waiting);
        var before = (await shared.Store.LoadAsync(handle.Id, Cancel))!.Row.Version;
        var grain = Outside.GetGrain<IProcessGrain>(handle.Id.Value);

        // Out of memory, so that what wakes it decides at once; and what is asked behind the poke, on the same way, is
        // answered behind it.
        await shared.Whole.Cluster.DeactivateAsync(grain);
        await grain.PokeAsync(TimeProvider.System.GetUtcNow() + TimeSpan.FromDays(3));
        (
            await grain.SubscribeAsync(Outside.CreateObjectReference<IProcessObserver>(new DeafObserver()))
        ).Outcome.ShouldBeNull();

        (await shared.Store.LoadAsync(handle.Id, Cancel))!.Row.Version.ShouldBe(before);
    }

    [Fact]
    public async Task RefusedCalls_LeaveNoActivations()
    {
        var foreign = Outside.GetGrain<ISupervisorGrain>(new SupervisorKey(7, 9).Value);
        var process = Outside.GetGrain<IProcessGrain>("refused");

        await Should.ThrowAsync<WorkflowException>(() => foreign.ScanAsync(ownersToo: true));
        await Should.ThrowAsync<ArgumentException>(() =>
            process.StartAsync(Raw.Start() with { Type = "" }, observer: null));
        await Outside.GetGrain<IProcessGrain>("poked").PokeAsync(scanTime: null);

        foreach (
            var grain in new[]
            {
                foreign.GetGrainId(),
                process.GetGrainId(),
                Outside.GetGrain<IProcessGrain>("poked").GetGrainId(),
            })
        {
            await Eventually.TrueAsync($"{grain} is not in memory", () =>
                Task.FromResult(!shared.Whole.Cluster.TryGetGrainContext(grain, out _)));
        }
    }

    [Fact]
    public async Task RefusedCall_ToAProcessThatWaits_LeavesItInMemory()
    {
        var handle = await shared.Client.StartAsync(Types.Wait, new WaitInput(), cancellationToken: Cancel);
        var grain = Outside.GetGrain<IProcessGrain>(handle.Id.Value);
        shared.Whole.Cluster.TryGetGrainContext(grain.GetGrainId(), out var before).ShouldBeTrue();

        await Should.ThrowAsync<WorkflowException>(() =>
            grain.AsReference<IGrainManagementExtension>().DeactivateOnIdle().AsTask());
        await Should.ThrowAsync<ArgumentException>(() =>
            grain.StartAsync(Raw.Start() with { Type = "" }, observer: null));

        shared.Whole.Cluster.TryGetGrainContext(grain.GetGrainId(), out var after).ShouldBeTrue();
        after.ShouldBe(before);
        (await handle.SignalAsync("go", "on", cancellationToken: Cancel)).WasStored.ShouldBeTrue();
        (await handle.GetResultAsync(Cancel)).Got.ShouldBe("on");
    }

    [Fact]
    public void InterfacesOfOrleansThatAreAllowed_AreThere() =>
        ClientCallFilter
            .Cancellation.Concat(ClientCallFilter.SystemTargets)
            .Where(static name =>
                !AppDomain.CurrentDomain.GetAssemblies().Any(assembly => assembly.GetType(name) is not null))
            .ShouldBeEmpty();

    /// <summary>Calls one of the silos' own targets, whose interface is internal to Orleans.</summary>
    private static Task ControlAsync(IGrainFactory client, SiloAddress silo, string name)
    {
        var type = typeof(IManagementGrain).Assembly.GetType("Orleans.ISiloControl", throwOnError: true)!;
        var id = SystemTargetGrainId.Create(SystemTargetGrainId.CreateGrainType("silo-control"), silo).GrainId;
        var method = type.GetMethod(name)!;
        var arguments = method
            .GetParameters()
            .Select(static p =>
                p.ParameterType == typeof(string) ? "hello" : Activator.CreateInstance(p.ParameterType));
        return (Task)method.Invoke(client.GetGrain(id).AsReference(type), [.. arguments])!;
    }
}
