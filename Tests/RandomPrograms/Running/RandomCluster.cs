using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.TestingHost;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.RandomPrograms.Chaos;
using Orleans.Workflows.RandomPrograms.Interpreting;
using Orleans.Workflows.Testing;

namespace Orleans.Workflows.RandomPrograms.Running;

/// <summary>Silos in this process over one watched store, with everything that can go wrong.</summary>
internal sealed class RandomCluster : IAsyncDisposable
{
    /// <summary>How far clocks of silos are ahead or behind.</summary>
    public static readonly TimeSpan LongestSkew = TimeSpan.FromSeconds(4);

    private readonly Func<IProcessStore, IProcessStore> _wrap;
    private WorkflowTestCluster _cluster = null!;

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
    public IProcessClient Client => _cluster.Client;

    /// <summary>The silos that are alive.</summary>
    public IReadOnlyList<InProcessSiloHandle> Silos => _cluster.Silos;

    /// <summary>The cluster.</summary>
    public InProcessTestCluster Cluster => _cluster.Orleans;

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
        made._cluster = await new WorkflowTestClusterBuilder()
            .WithSilos(plan.Silos)
            .ConfigureClient(client => client.AddOutgoingGrainCallFilter(new ChaosCalls(dice)))
            .ConfigureSilo(made.Compose)
            .ConfigureWorkflows(static workflows =>
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
                        options.OwnerScanInterval = TimeSpan.FromSeconds(15);
                        options.ReadValuesBack = false;
                    }))
            .StartAsync();
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
        var store = silo.ServiceProvider.GetRequiredService<ChaosStore>();
        store.CutOff();
        await Task.Delay(TimeSpan.FromMilliseconds(Dice.Next(300)), TimeProvider.System);
        store.End();
        await Cluster.KillSiloAsync(silo);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Dice.IsOn = false;
        await _cluster.DisposeAsync();
        await Pump.DisposeAsync();
    }

    private void Compose(ISiloBuilder silo)
    {
        var skew = Dice.Falls(FaultKind.ClockSkew, 0.8)
            ? TimeSpan.FromMilliseconds(Dice.Next(2 * (int)LongestSkew.TotalMilliseconds)) - LongestSkew
            : TimeSpan.Zero;
        silo.Services.AddLogging(static logging => logging.ClearProviders());
        silo.Services.AddSingleton(World);
        silo.Services.Configure<ClusterMembershipOptions>(static membership =>
        {
            membership.ProbeTimeout = TimeSpan.FromSeconds(1);
            membership.NumMissedProbesLimit = 2;
            membership.NumVotesForDeathDeclaration = 1;
        });
        silo.AddOutgoingGrainCallFilter(new ChaosCalls(Dice));

        // In the places of the cluster's own: each silo's clock goes wrong in its way, and its store too.
        silo.Services.AddKeyedSingleton<TimeProvider>(
            WorkflowTimeProviderNames.Engine,
            new SkewedTime(Pump.Time, skew));
        silo.Services.AddSingleton(_ => new ChaosStore(_wrap(new WatchingStore(Store)), Dice));
        silo.Services.AddSingleton<IProcessStore>(static services => services.GetRequiredService<ChaosStore>());
    }
}
