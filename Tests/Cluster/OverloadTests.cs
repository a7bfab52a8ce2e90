using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Shared.Processes;
using Orleans.Workflows.Testing;

namespace Orleans.Workflows.Cluster;

/// <summary>A store that has more to write than it can: what clients see, and what a refusal costs.</summary>
public sealed class OverloadTests : IAsyncLifetime
{
    private readonly StartCalls _calls = new();
    private FullStore _full = null!;
    private TestCluster _cluster = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private IProcessGatewayGrain Gateway => _cluster.Cluster.Client.GetGrain<IProcessGatewayGrain>(0);

    public async ValueTask InitializeAsync() =>
        _cluster = await TestCluster.StartAsync(
            wrap: store => _full = new FullStore(store),
            services: services => services.AddSingleton<IIncomingGrainCallFilter>(_calls));

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Starts_WhileTheStoreIsFull_AreRefusedBeforeTheirGrainsComeIntoMemory()
    {
        var health = _cluster.Cluster.Silos[0].ServiceProvider.GetRequiredService<IWorkflowHealth>();
        await using var services = Connect(TimeSpan.Zero);
        var client = services.GetRequiredService<IProcessClient>();
        _full.Text = "3 writes wait.";

        for (var start = 0; start < 20; start++)
        {
            var error = await Should.ThrowAsync<WorkflowOverloadedException>(() =>
                client.StartAsync(Types.Hello, new HelloInput("x"), cancellationToken: Cancel));
            error.Message.ShouldBe("3 writes wait.");
        }

        _calls.Count.ShouldBeInRange(1, 4, "after a refusal the client asks the gateway for a second");
        _full.Accesses.ShouldBe(0);
        health.WhyNoStarts.ShouldBe("3 writes wait.");

        _full.Text = null;
        var began = Stopwatch.GetTimestamp();
        (await client.ExecuteAsync(Types.Hello, new HelloInput("x"), cancellationToken: Cancel)).ShouldNotBeNull();
        Stopwatch
            .GetElapsedTime(began)
            .ShouldBeLessThan(TimeSpan.FromSeconds(10), "the end is told; the client would ask again after 15 s");
        health.WhyNoStarts.ShouldBeNull();
    }

    [Fact]
    public async Task Client_WithPatience_OutlastsABurst()
    {
        await using var services = Connect(TimeSpan.FromMinutes(1));
        _full.Text = "3 writes wait.";

        var start = services
            .GetRequiredService<IProcessClient>()
            .StartAsync(Types.Hello, new HelloInput("x"), cancellationToken: Cancel);
        await Eventually.TrueAsync("the start is refused", () => Task.FromResult(_calls.Refused > 0));
        _full.Text = null;

        (await (await start).GetResultAsync(Cancel)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Client_WhosePatienceIsOver_GetsTheTypedErrorLongBeforeItsOperationTimeout()
    {
        await using var services = Connect(TimeSpan.FromMilliseconds(500));
        _full.Text = "3 writes wait.";
        var began = Stopwatch.GetTimestamp();

        await Should.ThrowAsync<WorkflowOverloadedException>(() =>
            services
                .GetRequiredService<IProcessClient>()
                .StartAsync(Types.Hello, new HelloInput("x"), cancellationToken: Cancel));

        Stopwatch.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromSeconds(10), "the operation timeout is 30 s");
    }

    [Fact]
    public async Task StartWhoseAnswerWasLost_WhileTheStoreIsFull_GetsItsAnswer()
    {
        var id = ProcessId.New();
        await using var services = Connect(TimeSpan.Zero);
        _calls.LoseAnswer = () => _full.Text = "3 writes wait.";

        // With a delay, so that nothing else brings it back into memory.
        var handle = await services
            .GetRequiredService<IProcessClient>()
            .StartAsync(
                Types.Wait,
                new WaitInput(),
                new StartOptions { Id = id, Delay = TimeSpan.FromHours(1) },
                Cancel);

        handle.WasCreated.ShouldBeTrue();
        _calls.Count.ShouldBe(2);
        (await _cluster.Store.ReadHistoryAsync(id, 0, 10, Cancel))
            .SelectMany(static entry => entry.Events)
            .Count(static e => e.Kind == HistoryKind.Created)
            .ShouldBe(1);
    }

    [Fact]
    public async Task Gateway_RequestThatMayBeStored_IsLookedForBeforeItIsRefused()
    {
        var (id, request) = (ProcessId.New(), Request());
        _calls.LoseAnswer = () => _full.Text = "3 writes wait.";
        await Should.ThrowAsync<TimeoutException>(() => Gateway.StartAsync(id, request, observer: null));

        (await Gateway.StartAsync(id, request, observer: null)).Status.ShouldBe(StartStatus.Overloaded);
        (await Gateway.StartAsync(id, request with { MayBeStored = true }, observer: null)).Status.ShouldBe(
            StartStatus.Created);
        (
            await Gateway.StartAsync(ProcessId.New(), Request() with { MayBeStored = true }, observer: null)
        ).Status.ShouldBe(StartStatus.Overloaded);
    }

    [Fact]
    public async Task StartWhoseCallWasLost_WhileTheStoreIsFull_IsNotSaidToBeRefused()
    {
        await using var services = Connect(TimeSpan.Zero, TimeSpan.FromSeconds(2));
        _full.Text = "3 writes wait.";
        _calls.LoseCall();

        // The lost call may still arrive: nobody can say that nothing was stored.
        var error = await Should.ThrowAsync<WorkflowUnavailableException>(() =>
            services
                .GetRequiredService<IProcessClient>()
                .StartAsync(Types.Hello, new HelloInput("x"), cancellationToken: Cancel));

        error.Message.ShouldContain("3 writes wait.");
    }

    [Fact]
    public async Task StartOrGet_OfAProcessThatIsThere_IsNotRefused()
    {
        var id = ProcessId.New();
        _calls.LoseAnswer = () => _full.Text = "3 writes wait.";
        await Should.ThrowAsync<TimeoutException>(() => Gateway.StartAsync(id, Request(), observer: null));
        await using var services = Connect(TimeSpan.Zero);
        var client = services.GetRequiredService<IProcessClient>();

        foreach (var way in (string[])["by its grain", "by the gateway"])
        {
            var there = await client.StartAsync(
                Types.Wait,
                new WaitInput(),
                new StartOptions { Id = id, IfExists = IfExists.UseExisting },
                Cancel);
            there.WasCreated.ShouldBeFalse(way);
            await Should.ThrowAsync<WorkflowOverloadedException>(() =>
                client.StartAsync(Types.Hello, new HelloInput("x"), cancellationToken: Cancel));
        }
    }

    [Fact]
    public async Task Starts_OneOfTwoSilosIsShort_GoToTheOther()
    {
        var (calls, full) = (new StartCalls(), new ConcurrentQueue<FullStore>());
        await using var cluster = await TestCluster.StartAsync(
            silos: 2,
            wrap: store =>
            {
                var view = new FullStore(store);
                full.Enqueue(view);
                return view;
            },
            services: services => services.AddSingleton<IIncomingGrainCallFilter>(calls));
        full.First().Text = "3 writes wait.";
        var silo = cluster.Cluster.Silos.Single(static silo =>
            silo.ServiceProvider.GetRequiredService<IWorkflowHealth>().WhyNoStarts is not null);
        var gateway = silo.ServiceProvider.GetRequiredService<IGrainFactory>().GetGrain<IProcessGatewayGrain>(0);

        for (var start = 0; start < 20; start++)
        {
            (await gateway.StartAsync(ProcessId.New(), Request(), observer: null)).Status.ShouldBe(StartStatus.Created);
        }

        full.Last().Text = "9 writes wait.";
        var before = calls.Count;
        for (var start = 0; start < 20; start++)
        {
            (await gateway.StartAsync(ProcessId.New(), Request(), observer: null)).Status.ShouldBe(
                StartStatus.Overloaded);
        }

        (calls.Count - before).ShouldBeInRange(1, 4, "the other silo is asked once a second");
    }

    private ServiceProvider Connect(TimeSpan patience, TimeSpan? operationTimeout = null) =>
        new ServiceCollection()
            .AddSingleton<IGrainFactory>(_cluster.Cluster.Client)
            .AddWorkflowClient(client =>
                (client.OverloadTimeout, client.OperationTimeout) = (
                    patience,
                    operationTimeout ?? client.OperationTimeout))
            .BuildServiceProvider();

    private static StartRequest Request() =>
        new()
        {
            RequestId = Guid.NewGuid().ToString("N"),
            Type = Types.Wait.Name,
            Input = "{}"u8.ToArray(),
            Delay = TimeSpan.FromHours(1),
        };

    /// <summary>A store whose queue is full while a text says so.</summary>
    private sealed class FullStore(IProcessStore inner) : DelegatingProcessStore(inner)
    {
        private volatile string? _text;
        private int _accesses;

        public string? Text
        {
            get => _text;
            set => _text = value;
        }

        /// <summary>Loads and commits while it was full.</summary>
        public int Accesses => Volatile.Read(ref _accesses);

        public override string? Overload => Text;

        public override Task<LoadedProcess?> LoadAsync(ProcessId id, CancellationToken cancellationToken)
        {
            Count();
            return base.LoadAsync(id, cancellationToken);
        }

        public override Task<CommitResult> CommitAsync(ProcessCommit commit, CancellationToken cancellationToken)
        {
            Count();
            return base.CommitAsync(commit, cancellationToken);
        }

        private void Count()
        {
            if (Text is not null)
            {
                Interlocked.Increment(ref _accesses);
            }
        }
    }

    /// <summary>Counts the starts that reach a process's grain, and loses an answer on demand.</summary>
    private sealed class StartCalls : IIncomingGrainCallFilter
    {
        private int _count;
        private int _refused;
        private int _lost;
        private Action? _loseAnswer;

        public int Count => Volatile.Read(ref _count);

        public int Refused => Volatile.Read(ref _refused);

        /// <summary>
        /// What happens when the next start has been carried out, whose answer is lost and whose grain leaves memory.
        /// </summary>
        public Action LoseAnswer
        {
            set => Volatile.Write(ref _loseAnswer, value);
        }

        /// <summary>Lets the next start get lost before it is carried out.</summary>
        public void LoseCall() => Volatile.Write(ref _lost, 1);

        public async Task Invoke(IIncomingGrainCallContext context)
        {
            var isStart =
                context.InterfaceMethod.DeclaringType == typeof(IProcessGrain)
                && context.InterfaceMethod.Name == nameof(IProcessGrain.StartAsync);
            if (isStart)
            {
                Interlocked.Increment(ref _count);
                if (Interlocked.Exchange(ref _lost, 0) == 1)
                {
                    throw new TimeoutException("The call is lost.");
                }
            }

            await context.Invoke();
            if (isStart && context.Result is StartReply { Status: StartStatus.Overloaded })
            {
                Interlocked.Increment(ref _refused);
            }

            if (isStart && Interlocked.Exchange(ref _loseAnswer, null) is { } lose)
            {
                lose();
                context.TargetContext.Deactivate(
                    new DeactivationReason(DeactivationReasonCode.ApplicationRequested, "for the test"));
                throw new TimeoutException("The answer is lost.");
            }
        }
    }
}
