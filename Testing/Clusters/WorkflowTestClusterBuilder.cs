using Microsoft.Extensions.DependencyInjection;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Testing;

/// <summary>
/// Says what a cluster of a test has: process types, the services that they need, silos, and a clock.
/// </summary>
/// <example>
/// <code>
/// await using var cluster = await new WorkflowTestClusterBuilder()
///     .AddProcess&lt;ApproveExpense&gt;()
///     .AddService&lt;ILedger&gt;(new FakeLedger())
///     .StartAsync(cancellationToken);
/// </code>
/// </example>
public sealed class WorkflowTestClusterBuilder
{
    private readonly List<Action<WorkflowsBuilder, int>> _workflows = [];
    private readonly List<Action<ISiloBuilder>> _silos = [];
    private readonly List<Action<IClientBuilder>> _clients = [];

    /// <summary>The number of silos with which it starts.</summary>
    /// <value>1 or more. Default: 1.</value>
    internal int Silos { get; private set; } = 1;

    /// <summary>How long a step may run in real time before it seems to wait.</summary>
    internal TimeSpan StepPatience { get; private set; } = TimeSpan.FromSeconds(5);

    /// <summary>The clock; null for one that a test moves.</summary>
    internal TimeProvider? Clock { get; private set; }

    /// <summary>What the clock shows at first.</summary>
    internal DateTimeOffset Start { get; private set; } = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>What each silo sees of the store.</summary>
    internal Func<IProcessStore, IProcessStore> View { get; private set; } = static store => store;

    /// <summary>Lets the cluster run a process type.</summary>
    /// <typeparam name="TProcess">The definition.</typeparam>
    /// <returns>This, for the next call.</returns>
    public WorkflowTestClusterBuilder AddProcess<TProcess>()
        where TProcess : Process => ConfigureWorkflows(static workflows => workflows.AddProcess<TProcess>());

    /// <summary>
    /// Gives the definitions something that their constructors ask for: most often a fake, the same one in all silos.
    /// </summary>
    /// <typeparam name="TService">What they ask for.</typeparam>
    /// <param name="service">What they get.</param>
    /// <returns>This, for the next call.</returns>
    public WorkflowTestClusterBuilder AddService<TService>(TService service)
        where TService : class => ConfigureServices(services => services.AddSingleton(service));

    /// <summary>Sets up the services of each silo.</summary>
    /// <param name="configure">Registers them.</param>
    /// <returns>This, for the next call.</returns>
    public WorkflowTestClusterBuilder ConfigureServices(Action<IServiceCollection> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return ConfigureSilo(silo => configure(silo.Services));
    }

    /// <summary>Adds process types and listeners, and tunes the engine.</summary>
    /// <param name="configure">Does it.</param>
    /// <returns>This, for the next call.</returns>
    public WorkflowTestClusterBuilder ConfigureWorkflows(Action<WorkflowsBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return ConfigureWorkflows((workflows, _) => configure(workflows));
    }

    /// <summary>
    /// Adds process types that not every silo has: for a test that rolls a new type or version out, or has the silos of
    /// several teams in one cluster.
    /// </summary>
    /// <param name="configure">
    /// Does it for a silo, by its number: 0 for the first, and one more for each that starts, also later.
    /// </param>
    /// <returns>This, for the next call.</returns>
    public WorkflowTestClusterBuilder ConfigureWorkflows(Action<WorkflowsBuilder, int> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        _workflows.Add(configure);
        return this;
    }

    /// <summary>Sets up each silo: call filters, other grains.</summary>
    /// <param name="configure">Does it, before the engine is added.</param>
    /// <returns>This, for the next call.</returns>
    public WorkflowTestClusterBuilder ConfigureSilo(Action<ISiloBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        _silos.Add(configure);
        return this;
    }

    /// <summary>
    /// Sets up the client: call filters, and how long its calls may take (<see cref="WorkflowClientOptions"/>). Here a
    /// start that is refused as overload is tried again for 30 seconds: the machine that tests may be busy.
    /// </summary>
    /// <param name="configure">Does it, after the client is added.</param>
    /// <returns>This, for the next call.</returns>
    public WorkflowTestClusterBuilder ConfigureClient(Action<IClientBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        _clients.Add(configure);
        return this;
    }

    /// <summary>Starts more than one silo.</summary>
    /// <param name="count">How many, 1 or more. Default: 1.</param>
    /// <returns>This, for the next call.</returns>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 1.</exception>
    public WorkflowTestClusterBuilder WithSilos(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        Silos = count;
        return this;
    }

    /// <summary>
    /// Sets how long a step may run in real time, while nothing else moves, before
    /// <see cref="WorkflowTestCluster.SettleAsync"/> takes it for one that waits for something;
    /// <see cref="WorkflowTestCluster.RunToEndAsync"/> gives it twice as long. For steps that really work so long.
    /// </summary>
    /// <param name="patience">
    /// More than zero. Default: 5 seconds. Steps that hold their thread have 30 seconds at least.
    /// </param>
    /// <returns>This, for the next call.</returns>
    /// <exception cref="ArgumentOutOfRangeException">It is zero or less.</exception>
    public WorkflowTestClusterBuilder WithStepPatience(TimeSpan patience)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(patience, TimeSpan.Zero);
        StepPatience = patience;
        return this;
    }

    /// <summary>Sets what the clock shows when the cluster starts. It stands still until the test moves it.</summary>
    /// <param name="start">The time. Default: the first of January 2030, 0 h UTC.</param>
    /// <returns>This, for the next call.</returns>
    public WorkflowTestClusterBuilder StartingAt(DateTimeOffset start)
    {
        Start = start;
        return this;
    }

    /// <summary>
    /// Lets the cluster run on another clock than one of its own: <see cref="TimeProvider.System"/> for real time.
    /// </summary>
    /// <param name="clock">The clock.</param>
    /// <returns>This, for the next call.</returns>
    public WorkflowTestClusterBuilder OnClock(TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        Clock = clock;
        return this;
    }

    /// <summary>Puts something between each silo and the store: faults, a recorder.</summary>
    /// <param name="view">
    /// Makes, of the store that all silos share, what one silo sees. Called once for each silo that starts.
    /// </param>
    /// <returns>This, for the next call.</returns>
    public WorkflowTestClusterBuilder WithStoreView(Func<IProcessStore, IProcessStore> view)
    {
        ArgumentNullException.ThrowIfNull(view);
        View = view;
        return this;
    }

    /// <summary>Starts the cluster, with an empty store in memory.</summary>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <returns>The cluster, whose silos are active.</returns>
    /// <exception cref="InvalidDefinitionsException">A definition has faults; all are reported together.</exception>
    public Task<WorkflowTestCluster> StartAsync(CancellationToken cancellationToken = default) =>
        WorkflowTestCluster.StartAsync(this, store: null, cancellationToken);

    /// <summary>Sets up a silo as it was said.</summary>
    /// <param name="number">Its number, 0 for the first.</param>
    /// <param name="silo">The silo.</param>
    internal void Apply(int number, ISiloBuilder silo)
    {
        _silos.ForEach(configure => configure(silo));
        silo.AddWorkflows(static workflows => workflows.Configure(static options => options.ReadValuesBack = true));
        silo.AddWorkflows(workflows => _workflows.ForEach(configure => configure(workflows, number)));
    }

    /// <summary>Sets up the client as it was said.</summary>
    /// <param name="client">The client.</param>
    internal void Apply(IClientBuilder client) => _clients.ForEach(configure => configure(client));
}
