using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using Orleans.Workflows.Abstractions;

namespace Orleans.Workflows.Grains.Running;

/// <summary>One process in memory: turns calls into items of its lane, and tells those who asked of its end.</summary>
/// <remarks>
/// Reentrant because the lane, not Orleans, serializes what matters; kept alive because the lane knows when there is nothing left to do.
/// </remarks>
[Reentrant, KeepAlive, GrainType("owf.process")]
internal sealed class ProcessGrain(IGrainContext context, SiloRuntime silo, ILogger<ProcessLane> logger) : IGrainBase, IProcessGrain
{
    /// <summary>A little more than the 15 seconds after which clients ask again. Real time, as theirs is.</summary>
    private static readonly TimeSpan SubscriptionLife = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan LongestWake = TimeSpan.FromSeconds(5);

    private readonly Dictionary<IProcessObserver, long> _observers = [];
    private readonly ProcessId _id = ProcessId.Parse(context.GrainId.Key.ToString()!);
    private ProcessLane _lane = null!;

    /// <inheritdoc/>
    public IGrainContext GrainContext => context;

    /// <summary>Whether somebody waits to be told of the end: such a process stays in memory, or its end would be told late.</summary>
    public bool IsWatched => _observers.Values.Any(IsAlive);

    /// <summary>Tells those who asked that the process has ended.</summary>
    /// <param name="outcome">How.</param>
    public void Announce(ProcessOutcome outcome) => Tell(observer => observer.EndedAsync(outcome));

    /// <inheritdoc/>
    public Task OnActivateAsync(CancellationToken token)
    {
        _lane = new ProcessLane(_id, silo, TaskScheduler.Current, this, logger);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken token)
    {
        await _lane.StopAsync();
        Tell(observer => observer.MovedAsync(_id));
    }

    /// <inheritdoc/>
    public Task<StartReply> StartAsync(StartRequest request, IProcessObserver? observer)
    {
        ArgumentNullException.ThrowIfNull(request);
        Subscribe(observer);
        var start = new LaneItem.Start(request);
        _lane.Post(start);
        return start.Reply.Task;
    }

    /// <inheritdoc/>
    public async Task<SubscribeReply> SubscribeAsync(IProcessObserver observer)
    {
        Subscribe(observer);
        var know = new LaneItem.Know();
        _lane.Post(know);
        var state = await know.Reply.Task;
        return new SubscribeReply(state is not null, state?.Outcome);
    }

    /// <inheritdoc/>
    public Task PokeAsync(DateTimeOffset? scanTime)
    {
        _lane.Poke(scanTime);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task WakeAsync(DateTimeOffset? scanTime)
    {
        try
        {
            await _lane.WakeAsync(scanTime).WaitAsync(LongestWake, TimeProvider.System);
        }
        catch (TimeoutException)
        {
            // Its commit waits for the store, perhaps for long. The call does not, or the activation could not be ended.
        }
    }

    private void Subscribe(IProcessObserver? observer)
    {
        if (observer is not null)
        {
            _observers[observer] = TimeProvider.System.GetTimestamp();
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
