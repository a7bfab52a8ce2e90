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
    private static readonly TimeSpan SubscriptionLife = TimeSpan.FromMinutes(1);

    private readonly Dictionary<IProcessObserver, DateTimeOffset> _observers = [];
    private ProcessLane _lane = null!;

    /// <inheritdoc/>
    public IGrainContext GrainContext => context;

    /// <inheritdoc/>
    public Task OnActivateAsync(CancellationToken token)
    {
        var id = ProcessId.Parse(context.GrainId.Key.ToString()!);
        _lane = new ProcessLane(id, silo, TaskScheduler.Current, this.DeactivateOnIdle, logger) { Ended = Announce };
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task OnDeactivateAsync(DeactivationReason reason, CancellationToken token) => _lane.StopAsync();

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
        if (scanTime is { } time)
        {
            _lane.AdvanceTo(time);
        }

        _lane.Post(new LaneItem.Poked());
        return Task.CompletedTask;
    }

    private void Subscribe(IProcessObserver? observer)
    {
        if (observer is not null)
        {
            _observers[observer] = silo.Now + SubscriptionLife;
        }
    }

    private void Announce(ProcessOutcome outcome)
    {
        foreach (var (observer, until) in _observers)
        {
            if (until >= silo.Now)
            {
                observer.EndedAsync(outcome).Ignore();
            }
        }

        _observers.Clear();
    }
}
