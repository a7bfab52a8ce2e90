using System.Diagnostics;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Runtime.Messaging;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Testing;

namespace Orleans.Workflows.Behaviour.Clusters;

/// <summary>
/// The cluster that teams have for their tests, of one silo on real time, over a store of any kind and with every
/// process type of this project.
/// </summary>
public sealed class BehaviourCluster : IAsyncDisposable
{
    /// <summary>Thousands of calls at a time take theirs where four tests and a database share two cores.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly WorkflowTestCluster _cluster;
    private readonly Nobody _nobody = new();
    private readonly Dictionary<string, Type> _deployed;
    private readonly StoreHome _home;
    private readonly IProcessObserver _observer;

    private BehaviourCluster(
        WorkflowTestCluster cluster,
        Dictionary<string, Type> deployed,
        StoreHome home,
        Stage stage,
        LogRecorder log)
    {
        _cluster = cluster;
        _deployed = deployed;
        _home = home;
        Stage = stage;
        _observer = cluster.Orleans.Client.CreateObjectReference<IProcessObserver>(_nobody);
        Log = log;
    }

    /// <summary>The client.</summary>
    public IProcessClient Client => _cluster.Client;

    /// <summary>What processes wait for and what they note.</summary>
    public Stage Stage { get; }

    /// <summary>Changes what is stored.</summary>
    internal IByHand Hand => _home.Hand;

    /// <summary>The silo's warnings.</summary>
    public LogRecorder Log { get; }

    /// <summary>Starts a silo with every process type of this project.</summary>
    /// <param name="kind">The store.</param>
    /// <param name="configure">Tunes the engine.</param>
    /// <returns>The cluster.</returns>
    public static Task<BehaviourCluster> StartAsync(StoreKind kind, Action<WorkflowOptions>? configure = null) =>
        StartAsync(kind, static store => store, configure);

    /// <summary>Starts a silo that sees its store through something.</summary>
    /// <param name="kind">The store.</param>
    /// <param name="through">What the silo gets for the store.</param>
    /// <param name="configure">Tunes the engine.</param>
    /// <returns>The cluster.</returns>
    public static async Task<BehaviourCluster> StartAsync(
        StoreKind kind,
        Func<IProcessStore, IProcessStore> through,
        Action<WorkflowOptions>? configure = null)
    {
        var home = await StoreHome.MakeAsync(kind);
        var stage = new Stage();
        var log = new LogRecorder();
        var deployed = typeof(BehaviourCluster)
            .Assembly.GetTypes()
            .Where(static type =>
                type.IsDefined(typeof(ProcessAttribute), inherit: false)
                && !type.IsDefined(typeof(ReplacementAttribute), inherit: false))
            .ToDictionary(NameOf);
        var cluster = await new WorkflowTestClusterBuilder()
            .OnClock(TimeProvider.System)
            .WithStoreView(_ => through(home.Open()))
            .ConfigureSilo(static silo =>
                silo.Configure<SiloMessagingOptions>(static messaging => messaging.ResponseTimeout = Patience))
            .ConfigureClient(static client =>
                client.Configure<ClientMessagingOptions>(static messaging => messaging.ResponseTimeout = Patience))
            .AddService(stage)
            .ConfigureServices(services => services.AddLogging(logging => logging.AddProvider(log)))
            .ConfigureWorkflows(workflows =>
            {
                foreach (var type in deployed.Values)
                {
                    workflows.AddProcess(type);
                }

                BehaviourListeners.AddTo(workflows);
                workflows.Configure(static options =>
                {
                    options.GracePeriod = TimeSpan.FromMilliseconds(500);
                    options.DrainTimeout = TimeSpan.FromMilliseconds(100);

                    // A dozen clusters that look ten times a second would leave the tests little of the machine.
                    options.ScanInterval = TimeSpan.FromSeconds(1);
                });
                workflows.Configure(configure ?? (static _ => { }));
            })
            .StartAsync();
        return new BehaviourCluster(cluster, deployed, home, stage, log);
    }

    /// <summary>
    /// Takes the silo away without a farewell and puts another in its place, which has only what the store has.
    /// </summary>
    /// <param name="replacements">Definitions that the new one has in place of those of the same names.</param>
    /// <returns>Completes when the new one serves.</returns>
    public async Task RestartAsync(params IReadOnlyList<Type> replacements)
    {
        ArgumentNullException.ThrowIfNull(replacements);
        foreach (var type in replacements)
        {
            _deployed[NameOf(type)] = type;
        }

        await _cluster.KillSiloAsync();
        await _home.CloseAsync();
        await _cluster.StartSiloAsync();
    }

    /// <summary>Takes a process out of memory.</summary>
    /// <param name="id">The process.</param>
    /// <returns>Completes when it is.</returns>
    public Task UnloadAsync(ProcessId id) =>
        _cluster.Orleans.DeactivateAsync(_cluster.Orleans.Client.GetGrain<IProcessGrain>(id.Value));

    /// <summary>
    /// Waits until a process that is in memory has taken note of every message that is stored for it.
    /// </summary>
    /// <param name="id">The process.</param>
    /// <returns>Completes when it has.</returns>
    public async Task SettleAsync(ProcessId id)
    {
        // What it is asked behind the poke, it answers behind the poke. From within: pokes are not for clients.
        var process = _cluster
            .Silos[0]
            .ServiceProvider.GetRequiredService<IGrainFactory>()
            .GetGrain<IProcessGrain>(id.Value);
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                await process.PokeAsync(scanTime: null);
                await process.SubscribeAsync(_observer);
                return;
            }
            catch (WorkflowUnavailableException)
            {
                // It has ended and left memory; what comes next loads it with all its messages.
                return;
            }
            catch (Exception e)
                when (e is OrleansMessageRejectionException or ConnectionFailedException
                    && Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(30))
            {
                // The silo was replaced, and the client has not found the new one yet.
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        await _home.DisposeAsync();
    }

    private static string NameOf(Type type) => type.GetCustomAttribute<ProcessAttribute>(inherit: false)!.Name;

    /// <summary>Is told and does nothing.</summary>
    private sealed class Nobody : IProcessObserver
    {
        /// <inheritdoc/>
        public Task EndedAsync(ProcessOutcome outcome) => Task.CompletedTask;

        /// <inheritdoc/>
        public Task MovedAsync(ProcessId id) => Task.CompletedTask;
    }
}
