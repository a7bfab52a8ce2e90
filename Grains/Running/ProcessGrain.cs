using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using Orleans.Runtime.Placement;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Definitions;
using Orleans.Workflows.Grains.Telemetry;

namespace Orleans.Workflows.Grains.Running;

/// <summary>One process in memory: turns calls into items of its lane, and tells those who asked of its end.</summary>
/// <remarks>
/// Reentrant because the lane, not Orleans, serializes what matters; kept alive because the lane knows when there is nothing left to do.
/// </remarks>
[Reentrant, KeepAlive, GrainType(AnnouncedTypes.ProcessGrainType)]
internal sealed class ProcessGrain(IGrainContext context, SiloRuntime silo, ILogger<ProcessLane> logger, ProcessLog log, StoreOutage outage)
    : IGrainBase, IProcessGrain, IHearsOfRefusals, IGrainMigrationParticipant
{
    /// <summary>A little more than the 15 seconds after which clients ask again. Real time, as theirs is.</summary>
    private static readonly TimeSpan SubscriptionLife = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan LongestWake = TimeSpan.FromSeconds(5);

    /// <summary>What an activation that was handed on gets from the one before: whether there is a process.</summary>
    private const string HandedOnKey = "owf.handed-on";

    private readonly Dictionary<IProcessObserver, long> _observers = [];

    // Nothing for a key that is no id, which only a call from outside can have: each call says so to its sender.
    private readonly ProcessId _id = ProcessId.TryParse(context.GrainId.Key.ToString(), out var id) ? id : default;
    private ProcessLane _lane = null!;
    private bool _isCalled;
    private bool? _handedOn;

    /// <inheritdoc/>
    public IGrainContext GrainContext => context;

    /// <summary>Whether somebody waits to be told of the end: such a process stays in memory, or its end would be told late.</summary>
    public bool IsWatched => _observers.Values.Any(IsAlive);

    /// <summary>Tells those who asked that the process has ended.</summary>
    /// <param name="outcome">How.</param>
    public void Announce(ProcessOutcome outcome) => Tell(observer => observer.EndedAsync(outcome));

    /// <summary>Tells those who asked to ask again: what they get then is more than what they know.</summary>
    public void TellToAskAgain() => Tell(observer => observer.MovedAsync(_id));

    /// <summary>
    /// Ends this activation and has the process go on at another silo. When that silo cannot be reached, the process is only left:
    /// a supervisor wakes it again, with its back-off, so that nothing goes to and fro without end.
    /// </summary>
    /// <param name="silo">The silo.</param>
    /// <param name="isStored">Whether there is a process; else its start comes again.</param>
    public void HandOn(SiloAddress silo, bool isStored)
    {
        _handedOn = isStored;
        context.Migrate(new Dictionary<string, object> { [IPlacementDirector.PlacementHintKey] = silo });
    }

    /// <inheritdoc/>
    public void OnDehydrate(IDehydrationContext dehydrationContext)
    {
        if (_handedOn is { } isStored)
        {
            dehydrationContext.TryAddValue(HandedOnKey, isStored);
        }
    }

    /// <inheritdoc/>
    public void OnRehydrate(IRehydrationContext rehydrationContext) =>
        _handedOn = rehydrationContext.TryGetValue(HandedOnKey, out bool isStored) ? isStored : null;

    /// <inheritdoc/>
    public Task OnActivateAsync(CancellationToken token)
    {
        _lane = new ProcessLane(_id, silo, TaskScheduler.Current, this, logger, log, outage);
        if (_handedOn is { } isStored)
        {
            _lane.TakeOver(isStored);
            _handedOn = null;
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken token)
    {
        await _lane.StopAsync();
        TellToAskAgain();
    }

    /// <inheritdoc/>
    public Task<StartReply> StartAsync(StartRequest request, IProcessObserver? observer)
    {
        try
        {
            CheckKey();
            RequestChecks.Check(_id, request);
            CheckClient(observer);
        }
        catch (Exception e) when (e is ArgumentException or PayloadException)
        {
            Refused();
            throw;
        }

        Subscribe(observer);
        var start = new LaneItem.Start(request);
        _lane.Post(start);
        return start.Reply.Task;
    }

    /// <inheritdoc/>
    public async Task<SubscribeReply> SubscribeAsync(IProcessObserver observer)
    {
        try
        {
            CheckKey();
            ArgumentNullException.ThrowIfNull(observer);
            CheckClient(observer);
        }
        catch (ArgumentException)
        {
            Refused();
            throw;
        }

        Subscribe(observer);
        var know = new LaneItem.Know();
        _lane.Post(know);
        var state = await know.Reply.Task;
        return new SubscribeReply(state is not null, state?.Outcome) { Incident = state is null ? null : Loading.IncidentOf(state) };
    }

    /// <inheritdoc/>
    public Task PokeAsync(DateTimeOffset? scanTime)
    {
        _isCalled = true;
        _lane.Poke(scanTime);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task WakeAsync(DateTimeOffset? scanTime)
    {
        _isCalled = true;
        try
        {
            await _lane.WakeAsync(scanTime).WaitAsync(LongestWake, TimeProvider.System);
        }
        catch (TimeoutException)
        {
            // Its commit waits for the store, perhaps for long. The call does not, or the activation could not be ended.
        }
    }

    /// <inheritdoc/>
    public void Refused()
    {
        // Its lane has nothing that could ever end it.
        if (!_isCalled)
        {
            this.DeactivateOnIdle();
        }
    }

    private void CheckKey()
    {
        if (_id == default)
        {
            ProcessId.Parse(context.GrainId.Key.ToString()!);
        }
    }

    private void Subscribe(IProcessObserver? observer)
    {
        _isCalled = true;
        if (observer is not null)
        {
            _observers[observer] = TimeProvider.System.GetTimestamp();
        }
    }

    /// <summary>Throws when the one to be told is no client: a grain of whoever's choice would be called from inside the silo.</summary>
    private static void CheckClient(IProcessObserver? observer)
    {
        if (observer is not null && !observer.GetGrainId().IsClient())
        {
            throw new ArgumentException($"The observer '{observer.GetGrainId()}' is not one of a client.", nameof(observer));
        }
    }

    /// <summary>Tells each observer once. What is lost on the way is found when the observer asks again.</summary>
    private void Tell(Func<IProcessObserver, Task> tell)
    {
        foreach (var (observer, since) in _observers)
        {
            if (IsAlive(since))
            {
                tell(observer).Ignore();
            }
        }

        _observers.Clear();
    }

    private static bool IsAlive(long since) => TimeProvider.System.GetElapsedTime(since) < SubscriptionLife;
}
