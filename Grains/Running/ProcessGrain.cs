using Orleans.Concurrency;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Definitions;

namespace Orleans.Workflows.Grains.Running;

/// <summary>One process in memory: turns calls into items of its lane, and tells those who asked of its end.</summary>
/// <remarks>
/// Reentrant because the lane, not Orleans, serializes what matters; kept alive because the lane knows when there is
/// nothing left to do.
/// </remarks>
[Reentrant, KeepAlive, GrainType(AnnouncedTypes.ProcessGrainType)]
internal sealed class ProcessGrain(IGrainContext context, Activation activation, ProcessLane lane, EndWatchers watchers)
    : IGrainBase, IProcessGrain, IHearsOfRefusals, IGrainMigrationParticipant
{
    private static readonly TimeSpan LongestWake = TimeSpan.FromSeconds(5);

    /// <summary>What an activation that was handed on gets from the one before: whether there is a process.</summary>
    private const string HandedOnKey = "owf.handed-on";

    private bool _isCalled;
    private bool? _takesOver;

    /// <inheritdoc/>
    public IGrainContext GrainContext => context;

    /// <inheritdoc/>
    public void OnDehydrate(IDehydrationContext dehydrationContext)
    {
        if (activation.HandedOn is { } isStored)
        {
            dehydrationContext.TryAddValue(HandedOnKey, isStored);
        }
    }

    /// <inheritdoc/>
    public void OnRehydrate(IRehydrationContext rehydrationContext) =>
        _takesOver = rehydrationContext.TryGetValue(HandedOnKey, out bool isStored) ? isStored : null;

    /// <inheritdoc/>
    public Task OnActivateAsync(CancellationToken token)
    {
        activation.Begin();
        if (_takesOver is { } isStored)
        {
            lane.TakeOver(isStored);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken token)
    {
        await lane.StopAsync();
        watchers.TellToAskAgain(activation.Id);
    }

    /// <inheritdoc/>
    public Task<StartReply> StartAsync(StartRequest request, IProcessObserver? observer)
    {
        try
        {
            CheckKey();
            RequestChecks.Check(activation.Id, request);
            CheckClient(observer);
        }
        catch (Exception e) when (e is ArgumentException or PayloadException)
        {
            Refused();
            throw;
        }

        Subscribe(observer);
        var start = new LaneItem.Start(request);
        lane.Post(start);
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
        var asked = new LaneItem.Asked();
        lane.Post(asked);
        var state = await asked.Reply.Task;
        return new SubscribeReply(state is not null, state?.Outcome)
        {
            Incident = state is null ? null : StoredState.IncidentOf(state),
        };
    }

    /// <inheritdoc/>
    public Task PokeAsync(DateTimeOffset? scanTime)
    {
        _isCalled = true;
        lane.Poke(scanTime);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task WakeAsync(DateTimeOffset? scanTime)
    {
        _isCalled = true;
        try
        {
            await lane.WakeAsync(scanTime).WaitAsync(LongestWake, TimeProvider.System);
        }
        catch (TimeoutException)
        {
            // Its commit waits for the store, perhaps for long. The call does not, or the activation could not be
            // ended.
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
        if (activation.Id == default)
        {
            ProcessId.Parse(context.GrainId.Key.ToString()!);
        }
    }

    private void Subscribe(IProcessObserver? observer)
    {
        _isCalled = true;
        if (observer is not null)
        {
            watchers.Add(observer);
        }
    }

    /// <summary>
    /// Throws when the one to be told is no client: a grain of the caller's choice would be called from inside the
    /// silo.
    /// </summary>
    private static void CheckClient(IProcessObserver? observer)
    {
        if (observer is not null && !observer.GetGrainId().IsClient())
        {
            throw new ArgumentException(
                $"The observer '{observer.GetGrainId()}' is not one of a client.",
                nameof(observer));
        }
    }
}
