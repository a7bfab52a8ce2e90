using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Orleans.Configuration;
using Orleans.TestingHost;
using Orleans.Workflows.ClientSdk.Connecting;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Storage.Memory;

namespace Orleans.Workflows.Testing;

/// <summary>
/// A cluster in the test's own process: silos over one store in memory, a client, and a clock that the test moves.
/// </summary>
/// <remarks>
/// Silos are grains, turns and messages as in production; only the network, the membership, the reminders and the store
/// are in memory. Made by <see cref="WorkflowTestClusterBuilder"/>. Its methods can be called from any thread; the
/// clock should have one who moves it.
/// </remarks>
public sealed class WorkflowTestCluster : IAsyncDisposable
{
    /// <summary>As in production: what is said to a silo that has just died is said again after this time.</summary>
    private static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Longer than in production: the silo is short of threads because the machine that tests is busy with something
    /// else, and a test is not to fail for that.
    /// </summary>
    private static readonly TimeSpan OverloadTimeout = TimeSpan.FromSeconds(30);

    private readonly Conductor _conductor;

    private readonly TimeSpan _stepPatience;

    private WorkflowTestCluster(
        InProcessTestCluster orleans,
        IProcessStore store,
        WatchedClock clock,
        TimeSpan stepPatience)
    {
        _stepPatience = stepPatience;
        Orleans = orleans;
        Store = store;
        Time = new TestTime(store, clock);
        _conductor = MakeConductor(store);
    }

    /// <summary>The client: what services of your system have.</summary>
    public IProcessClient Client => Orleans.Client.ServiceProvider.GetRequiredService<IProcessClient>();

    /// <summary>The engine's clock. It stands still until it is moved.</summary>
    public TestTime Time { get; }

    /// <summary>The store that all silos share. It outlives each of them.</summary>
    public IProcessStore Store { get; }

    /// <summary>Orleans' test cluster, for what this class does not offer.</summary>
    public InProcessTestCluster Orleans { get; }

    /// <summary>The silos that are alive, in the order in which they started.</summary>
    public IReadOnlyList<InProcessSiloHandle> Silos => [.. Orleans.Silos.Where(static silo => silo.IsActive)];

    /// <summary>Starts another silo.</summary>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <returns>The silo, which is active.</returns>
    public async Task<InProcessSiloHandle> StartSiloAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return await Orleans.StartAdditionalSiloAsync().ConfigureAwait(false);
    }

    /// <summary>Stops a silo as a deployment does: it gives its processes back.</summary>
    /// <param name="silo">The silo; <c>null</c> for the first that is alive.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Completes when it has stopped.</returns>
    public Task StopSiloAsync(InProcessSiloHandle? silo = null, CancellationToken cancellationToken = default) =>
        Orleans.StopSiloAsync(silo ?? Silos[0], cancellationToken);

    /// <summary>
    /// Ends a silo as a crash does: it is cut off from the store first, so that it gives nothing back. Others take its
    /// processes over.
    /// </summary>
    /// <param name="silo">The silo; <c>null</c> for the first that is alive.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Completes when the other silos know that it is dead.</returns>
    /// <remarks>
    /// Steps that run in it are cancelled, and can still do what they do to the outside world: so can those of a host
    /// that is cut off.
    /// </remarks>
    public Task KillSiloAsync(InProcessSiloHandle? silo = null, CancellationToken cancellationToken = default)
    {
        var killed = silo ?? Silos[0];
        killed.ServiceProvider.GetRequiredService<CutOffProcessStore>().CutOff();
        return Orleans.KillSiloAsync(killed, cancellationToken);
    }

    /// <summary>Ends a silo as a crash does, and starts another in its place.</summary>
    /// <param name="silo">The silo; <c>null</c> for the first that is alive.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The new silo, which is active.</returns>
    public async Task<InProcessSiloHandle> RestartSiloAsync(
        InProcessSiloHandle? silo = null,
        CancellationToken cancellationToken = default)
    {
        await KillSiloAsync(silo, cancellationToken).ConfigureAwait(false);
        return await StartSiloAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Waits until nothing happens any more: no step runs but those that await the cluster's clock, no message is on
    /// its way, no timer is due.
    /// </summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Completes when everything waits for time, for signals or for operators, or has ended.</returns>
    /// <exception cref="WorkflowTestException">
    /// Something still ran, also of another test that shares the cluster, and had not moved for 5 seconds of real time
    /// (<see cref="WorkflowTestClusterBuilder.WithStepPatience"/>), or for 30 if its step holds its thread; or one
    /// process made 1,000 steps and more for 10 seconds without coming to rest, or 100 and more for 30. The message
    /// says what, and what to do.
    /// </exception>
    public Task SettleAsync(CancellationToken cancellationToken = default) => _conductor.SettleAsync(cancellationToken);

    /// <summary>
    /// Lets a process go on to its end: what waits for time gets it, a running step too, and what waits for signals
    /// gets those of the script.
    /// </summary>
    /// <remarks>
    /// Other processes of the cluster may run beside it: while they move, the clock waits for them, and no longer than
    /// a second when they do not. A step that runs is not told that its time-out is over before it has run for so long
    /// in real time: it may work. To come to a time-out of minutes, move the clock with <see cref="TestTime.Advance"/>
    /// while the step runs.
    /// </remarks>
    /// <param name="handle">The process.</param>
    /// <param name="script">What happens from outside; <c>null</c> for nothing.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>How it ended.</returns>
    /// <exception cref="WorkflowTestException">
    /// It waits for something that neither time nor the script brings, or its step has run for 10 seconds of real time
    /// (twice <see cref="WorkflowTestClusterBuilder.WithStepPatience"/>; 30 if it holds its thread), or it makes steps
    /// and does not come to rest, as for <see cref="SettleAsync"/>: the message says for what, and what to do.
    /// </exception>
    public async Task<ProcessOutcome> RunToEndAsync(
        ProcessHandle handle,
        ProcessScript? script = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(handle);
        await _conductor
            .ConductAsync(
                [new ScriptPlayer(handle.Id, script ?? ProcessScript.Empty, () => Client)],
                cancellationToken)
            .ConfigureAwait(false);
        return await handle.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Looks into a process: where it stands and what it remembers.</summary>
    /// <param name="id">The process.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>What its last commit says.</returns>
    /// <exception cref="ProcessNotFoundException">There is no such process.</exception>
    public async Task<ProcessInspection> InspectAsync(ProcessId id, CancellationToken cancellationToken = default)
    {
        var handle = Client.GetHandle(id);
        var status = await Looking.AtAsync(() => handle.GetStatusAsync(cancellationToken)).ConfigureAwait(false);
        return new ProcessInspection(
            status,
            await Looking.AtAsync(() => handle.GetCheckpointAsync(cancellationToken)).ConfigureAwait(false));
    }

    /// <summary>Ends the cluster, and all that it holds.</summary>
    /// <returns>Completes when it has ended.</returns>
    public ValueTask DisposeAsync() => Orleans.DisposeAsync();

    /// <summary>Makes what lets processes go on.</summary>
    /// <param name="store">The store, as it is.</param>
    /// <returns>The conductor.</returns>
    internal Conductor MakeConductor(IProcessStore store) =>
        new(
            store,
            Time,
            () => Client,
            () => Silos[0].ServiceProvider.GetRequiredService<IGrainFactory>(),
            _stepPatience);

    /// <summary>Starts a cluster.</summary>
    /// <param name="builder">Says what it has.</param>
    /// <param name="store">The store; null for an empty one in memory.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <returns>The cluster.</returns>
    internal static async Task<WorkflowTestCluster> StartAsync(
        WorkflowTestClusterBuilder builder,
        IProcessStore? store,
        CancellationToken cancellationToken)
    {
        var shared = store ?? new MemoryProcessStore();
        var clock =
            builder.Clock as WatchedClock ?? new WatchedClock(builder.Clock ?? new FakeTimeProvider(builder.Start));
        var view = builder.View;
        var cluster = new InProcessTestClusterBuilder((short)builder.Silos);
#pragma warning disable ORLEANSEXP003 // The directory that members of a cluster have.
        cluster.Options.UseDistributedGrainDirectory = true;
#pragma warning restore ORLEANSEXP003
        cluster.ConfigureSiloHost(static (_, host) => host.Logging.SetMinimumLevel(LogLevel.Warning));
        cluster.ConfigureSilo(
            (named, silo) =>
            {
                // The engine's alone: Orleans' own time-outs and retries would stand still with it, and what they guard
                // would hang.
                silo.Services.AddKeyedSingleton<TimeProvider>(WorkflowTimeProviderNames.Engine, clock);
                silo.Services.Configure<GrainDirectoryOptions>(static directory =>
                    directory.RangeLeaseDuration = TimeSpan.Zero);
                silo.Services.Configure<ClusterMembershipOptions>(static membership =>
                    membership.DefunctSiloCleanupPeriod = null);
                silo.Configure<SiloMessagingOptions>(static messaging => messaging.ResponseTimeout = ResponseTimeout);
                silo.Services.AddWorkflowClient();
                silo.Services.Configure<WorkflowClientOptions>(BePatient);
                silo.AddMemoryGrainStorage(ControlPlane.StorageName);
                silo.UseInMemoryReminderService();

                // Registered as what it is, so that a test can cut the silo off; as a factory, so that each silo has
                // one of its own.
                silo.Services.AddSingleton(_ => new CutOffProcessStore(view(shared)));
                silo.Services.AddSingleton<IProcessStore>(static services =>
                    services.GetRequiredService<CutOffProcessStore>());
                silo.AddWorkflows(static workflows =>
                    workflows.Configure(static options =>
                    {
                        (options.GracePeriod, options.DrainTimeout) = (
                            TimeSpan.FromSeconds(1),
                            TimeSpan.FromMilliseconds(200));
                        (options.ScanInterval, options.OwnerScanInterval) = (
                            TimeSpan.FromMilliseconds(100),
                            TimeSpan.FromSeconds(1));
                    }));

                // Orleans names them 'Silo_0', 'Silo_1' and so on.
                builder.Apply(
                    int.Parse(
                        named.SiloName.AsSpan(named.SiloName.LastIndexOf('_') + 1),
                        CultureInfo.InvariantCulture),
                    silo);
            });
        cluster.ConfigureClient(client =>
        {
            // As a service has it, so that who awaits an end hears soon that the silo which would tell it is gone.
            ClientTimings.Apply(client);
            client.Configure<ClientMessagingOptions>(static messaging => messaging.ResponseTimeout = ResponseTimeout);
            client.Services.AddWorkflowClient();
            client.Services.Configure<WorkflowClientOptions>(BePatient);
            builder.Apply(client);
        });
        var orleans = cluster.Build();
        await orleans.DeployAsync(cancellationToken).ConfigureAwait(false);
        return new WorkflowTestCluster(orleans, shared, clock, builder.StepPatience);

        static void BePatient(WorkflowClientOptions options) => options.OverloadTimeout = OverloadTimeout;
    }
}
