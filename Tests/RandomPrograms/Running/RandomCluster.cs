using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.TestingHost;
using Orleans.Workflows.ClientSdk.Connecting;
using Orleans.Workflows.Grains.Clock;
using Orleans.Workflows.Grains.Running;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.RandomPrograms.Chaos;
using Orleans.Workflows.RandomPrograms.Interpreting;

namespace Orleans.Workflows.RandomPrograms.Running;

/// <summary>Silos in this process over one watched store, with everything that can go wrong.</summary>
internal sealed class RandomCluster : IAsyncDisposable
{
    /// <summary>How far clocks of silos are ahead or behind.</summary>
    public static readonly TimeSpan LongestSkew = TimeSpan.FromSeconds(4);

    /// <summary>As the silo and the client SDK have it.</summary>
    private static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, ChaosStore> _stores = new(StringComparer.Ordinal);
    private readonly Func<IProcessStore, IProcessStore> _wrap;
    private InProcessTestCluster _cluster = null!;

    private RandomCluster(ChaosPlan plan, Dice dice, Func<IProcessStore, IProcessStore> wrap)
    {
        Plan = plan;
        Dice = dice;
        _wrap = wrap;
        Pump = new Pump(() => Store?.Commits ?? 0);
        Store = new WatchedStore(Pump.Time, LongestSkew);
    }

    /// <summary>What goes wrong.</summary>
    public ChaosPlan Plan { get; }

    /// <summary>Decides when.</summary>
    public Dice Dice { get; }

    /// <summary>The clock.</summary>
    public Pump Pump { get; }

    /// <summary>The store of all silos.</summary>
    public WatchedStore Store { get; }

    /// <summary>The outside of all processes.</summary>
    public World World { get; } = new();

    /// <summary>The client.</summary>
    public IProcessClient Client => _cluster.Client.ServiceProvider.GetRequiredService<IProcessClient>();

    /// <summary>The silos that are alive.</summary>
    public IReadOnlyList<InProcessSiloHandle> Silos => [.. _cluster.Silos.Where(static silo => silo.IsActive)];

    /// <summary>The cluster.</summary>
    public InProcessTestCluster Cluster => _cluster;

    /// <summary>Starts silos.</summary>
    /// <param name="plan">What goes wrong.</param>
    /// <param name="dice">Decides when.</param>
    /// <param name="wrap">What the silos see of the store; null for the store.</param>
    /// <returns>The cluster.</returns>
    public static async Task<RandomCluster> StartAsync(
        ChaosPlan plan,
        Dice dice,
        Func<IProcessStore, IProcessStore>? wrap = null)
    {
        var made = new RandomCluster(plan, dice, wrap ?? (static store => store));
        var builder = new InProcessTestClusterBuilder((short)plan.Silos);
#pragma warning disable ORLEANSEXP003 // The directory that members of a cluster have.
        builder.Options.UseDistributedGrainDirectory = true;
#pragma warning restore ORLEANSEXP003
        builder.ConfigureSiloHost(static (_, host) => host.Logging.ClearProviders());
        builder.ConfigureClient(client =>
        {
            ClientTimings.Apply(client);
            client.Configure<ClientMessagingOptions>(static messaging => messaging.ResponseTimeout = ResponseTimeout);
            client.Services.AddWorkflowClient();
            client.AddOutgoingGrainCallFilter(new ChaosCalls(dice));
        });
        builder.ConfigureSilo((options, silo) => made.Compose(options.SiloName, silo));
        made._cluster = builder.Build();
        await made._cluster.DeployAsync();
        return made;
    }

    /// <summary>
    /// Kills a silo as a power failure does: nothing that it does from now on reaches the store. For a moment it goes
    /// on in the dark.
    /// </summary>
    /// <param name="silo">The silo.</param>
    /// <returns>Completes when it is gone.</returns>
    public async Task CrashAsync(InProcessSiloHandle silo)
    {
        var store = _stores[silo.Name];
        store.CutOff();
        await Task.Delay(TimeSpan.FromMilliseconds(Dice.Next(300)), TimeProvider.System);
        store.End();
        await _cluster.KillSiloAsync(silo);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Dice.IsOn = false;
        await _cluster.DisposeAsync();
        await Pump.DisposeAsync();
    }

    private void Compose(string name, ISiloBuilder silo)
    {
        var skew = Dice.Falls(FaultKind.ClockSkew, 0.8)
            ? TimeSpan.FromMilliseconds(Dice.Next(2 * (int)LongestSkew.TotalMilliseconds)) - LongestSkew
            : TimeSpan.Zero;
        silo.Services.AddSingleton(World);
        silo.Services.Configure<GrainDirectoryOptions>(static directory =>
            directory.RangeLeaseDuration = TimeSpan.Zero);
        silo.Services.Configure<ClusterMembershipOptions>(static membership =>
        {
            membership.DefunctSiloCleanupPeriod = null;
            membership.ProbeTimeout = TimeSpan.FromSeconds(1);
            membership.NumMissedProbesLimit = 2;
            membership.NumVotesForDeathDeclaration = 1;
        });
        silo.Configure<SiloMessagingOptions>(static messaging => messaging.ResponseTimeout = ResponseTimeout);
        silo.AddMemoryGrainStorage(ControlPlane.StorageName);
        silo.UseInMemoryReminderService();
        silo.AddOutgoingGrainCallFilter(new ChaosCalls(Dice));
        silo.Services.AddSingleton<IProcessStore>(_ =>
            _stores[name] = new ChaosStore(_wrap(new WatchingStore(Store)), Dice));
        silo.AddWorkflows(static workflows =>
            workflows
                .AddProcess<Machine>()
                .AddProcess<MendedMachine>()
                .AddProcess<Chain>()
                .AddProcess<MendedChain>()
                .Configure(static options =>
                {
                    options.GracePeriod = TimeSpan.FromSeconds(5);
                    options.DrainTimeout = TimeSpan.FromSeconds(1);
                    options.ScanInterval = TimeSpan.FromMilliseconds(500);
                }));

        // Only the engine has this clock: Orleans times its probes and placements by the one that is registered, and
        // would take each leap for an outage.
        var time = new SkewedTime(Pump.Time, skew);
        foreach (var part in new[] { typeof(EngineClock), typeof(StepRunner), typeof(TransitionObservers) })
        {
            silo.Services.AddSingleton(part, services => ActivatorUtilities.CreateInstance(services, part, time));
        }
    }
}
