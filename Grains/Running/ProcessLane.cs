using Microsoft.Extensions.Logging;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Engine;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Grains.Telemetry;

namespace Orleans.Workflows.Grains.Running;

/// <summary>
/// The one lane of an activation: loads, messages, timers and step results are items of one queue, with one decide-and-commit at a time.
/// What gathers during a commit shares the next one. Memory changes only after the commit is durable.
/// </summary>
/// <remarks>All members run on the activation's scheduler but those that say 'from any thread', and <see cref="IsOverdue"/>.</remarks>
internal sealed partial class ProcessLane
{
    private readonly LaneQueue _queue;
    private readonly ProcessId _id;
    private readonly SiloRuntime _silo;
    private readonly TaskScheduler _scheduler;
    private readonly ProcessGrain _grain;
    private readonly ILogger _logger;
    private readonly ProcessLog _log;
    private readonly StoreOutage _outage;
    private readonly StepDriver _driver;
    private readonly LaneTimer _timer;
    private readonly EndGathering _ends;
    private volatile EngineState? _state;
    private volatile bool _isStopping;
    private bool _retired;

    /// <summary>Makes the lane of an activation.</summary>
    /// <param name="id">The process.</param>
    /// <param name="silo">What the silo shares.</param>
    /// <param name="scheduler">The activation's scheduler.</param>
    /// <param name="grain">The activation: it ends itself when the lane says so, and tells who asked of the process's end.</param>
    /// <param name="logger">Writes the lane's own log lines.</param>
    /// <param name="log">Says what becomes of the process.</param>
    /// <param name="outage">Is told when the store is away.</param>
    public ProcessLane(
        ProcessId id, SiloRuntime silo, TaskScheduler scheduler, ProcessGrain grain, ILogger logger, ProcessLog log, StoreOutage outage)
    {
        _id = id;
        _silo = silo;
        _scheduler = scheduler;
        _grain = grain;
        _logger = logger;
        _log = log;
        _outage = outage;
        _queue = new LaneQueue(scheduler, HandleAsync);
        _driver = new StepDriver(silo, this, scheduler, log);
        _timer = new LaneTimer(silo.Time, () => Post(new LaneItem.Ticked()));
        _ends = new EndGathering(TimeProvider.System, () => Post(new LaneItem.Gathered()));
    }

    /// <summary>Whether the activation ends: no step is begun or taken over any more.</summary>
    public bool IsStopping => _isStopping;

    /// <summary>Whether there is a step that should have ended by its deadline and has not, so that somebody else has to end the process.</summary>
    /// <param name="margin">How long after the deadline that is.</param>
    /// <returns>Whether there is.</returns>
    public bool IsOverdue(TimeSpan margin) =>
        _state is { InFlight: true, Checkpoint.Deadline: { } deadline } state && deadline.Later(margin) < _silo.Surely(state.Row.CreatedAt);

    /// <summary>Asks whether the activation's thread is free, if its step has run for a while, from any thread.</summary>
    /// <param name="limit">How long that is.</param>
    /// <returns>Completes when the thread is free; null when there is nothing to ask.</returns>
    public Task? ProbeThread(TimeSpan limit) => _driver.Current is { } attempt && attempt.HasRunFor(limit) ? attempt.ProbeThread(_scheduler) : null;

    /// <summary>Says which step holds the thread, once per attempt. From any thread.</summary>
    /// <returns>The type and the position; null when it was said before, or the step has ended.</returns>
    public (string Type, string Position)? Blame() =>
        _driver.Current is { } attempt && _state is { InFlight: true } state && attempt.Blame() ? (state.Row.Type, state.Checkpoint.Position) : null;

    /// <summary>Adds an item, from any thread.</summary>
    /// <param name="item">The item.</param>
    public void Post(LaneItem item) => _queue.Post(item);

    /// <summary>Says that there may be messages or due times.</summary>
    /// <param name="scanTime">The time for which a scan found it due, which counts although this silo's clock may be behind the scanner's: a little, and for waits only.</param>
    public void Poke(DateTimeOffset? scanTime = null)
    {
        Expect(scanTime);
        _queue.Poke();
    }

    /// <summary>The same, for who wants to know when it was looked.</summary>
    /// <param name="scanTime">The time for which a scan found it due.</param>
    /// <returns>Completes when it has looked, or nothing more is done here.</returns>
    public Task WakeAsync(DateTimeOffset? scanTime)
    {
        Expect(scanTime);
        var woken = new LaneItem.Woken();
        Post(woken);
        return woken.Done.Task;
    }

    /// <summary>Tells the running step to stop, from any thread.</summary>
    /// <param name="reason">Why.</param>
    public void Cancel(StopReason reason) => _driver.Cancel(reason);

    private void Expect(DateTimeOffset? scanTime)
    {
        Count(scanTime);
        _ends.Count();
        if (scanTime is not null)
        {
            _ends.Hurry();
        }
    }

    private async Task HandleAsync(LaneItem item)
    {
        try
        {
            if (_retired)
            {
                item.Refuse(_id);
                return;
            }

            switch (item)
            {
                case LaneItem.Start start:
                    start.Answer(await StartAsync(start));
                    break;
                case LaneItem.Know know:
                    await KnowAsync(know);
                    break;
                case LaneItem.Poked:
                    await PokedAsync();
                    break;
                case LaneItem.Woken woken:
                    await PokedAsync();
                    woken.Done.TrySetResult();
                    break;
                case LaneItem.Gathered:
                    _ends.Hurry();
                    await PokedAsync();
                    break;
                case LaneItem.Ticked:
                    await TickedAsync();
                    break;
                case LaneItem.Event happened:
                    await HappenedAsync(happened);
                    break;
                default:
                    throw new InvalidOperationException($"Process {_id}: unknown item {item.GetType().Name}.");
            }

            Arrange();
        }
        catch (Exception e)
        {
            // The boundary of the lane: whatever went wrong, memory is dropped and the row stays the truth.
            if (e is StoreUnavailableException)
            {
                _outage.Failed(e.Message);
            }
            else
            {
                LogFailed(_id, e);
                await SetAsideAsync(e);
            }

            item.Refuse(_id);
            Retire(deactivate: true);
        }
    }

    private async Task<StartReply> StartAsync(LaneItem.Start start)
    {
        var span = WorkflowActivities.Start(_id, start.Request);
        var reply = await StartAsync(start, span?.Id);
        if (reply.Faults.Count > 0)
        {
            _silo.Instruments.StartRefused(start.ShedFor ?? reply.Status.ToString());
        }

        WorkflowActivities.End(span, reply.Status.ToString(), reply.Faults.Count > 0 ? reply.Faults[0] : null);
        return reply;
    }

    private async Task<StartReply> StartAsync(LaneItem.Start start, string? trace)
    {
        var request = start.Request;
        if (_state is null && (_silo.WhyNoStarts ?? start.TakePlace(_id, _silo.StartPlaces)) is { } shortage)
        {
            if (request.MayBeStored)
            {
                // A start that was stored and whose answer was lost gets the first answer.
                await LoadAsync();
            }

            if (_state is null)
            {
                start.ShedFor = shortage.Reason;
                return StartChecks.Shed(shortage);
            }
        }

        if (_state is not null && await HasMovedAsync())
        {
            // What this activation knows is not there any more: the next one stores the start, or finds what there is.
            return StartChecks.Existing(request, state: null);
        }

        if (_state is null)
        {
            if (_silo.Definitions.Find(request.Type) is not { } definition)
            {
                return await StartElsewhereAsync(request);
            }

            if (StartChecks.Refuse(request, definition, out request) is { } refusal)
            {
                return refusal;
            }

            var decision = await PrepareStartAsync(request, definition, trace);
            var result = await _silo.TryCommitAsync(decision.Commit!);
            switch (result.Status)
            {
                case CommitStatus.Done:
                    // The answer goes first: the step may hold the thread from its first line on.
                    var created = new StartReply { Status = StartStatus.Created, State = decision.Next.Row.State };
                    start.Answer(created);
                    _outage.Worked();
                    _silo.Instruments.Committed(before: null, decision.Next.Row, _silo.Now);
                    _log.Committed(before: null, decision.Commit!, decision.Next);
                    Adopt(decision, result);
                    _silo.Observers.Tell(definition, decision);
                    return created;
                case CommitStatus.AlreadyExists or CommitStatus.Conflict:
                    await LoadAsync();
                    break;
                default:
                    return StartChecks.Failed(result);
            }
        }

        return StartChecks.Existing(request, _state);
    }

    private async Task LoadAsync()
    {
        if (_state is not null || await _silo.Store.LoadAsync(_id, CancellationToken.None) is not { } loaded)
        {
            return;
        }

        _state = Loading.Read(loaded, out var fault);
        if (fault is null)
        {
            await TurnAsync(loaded.HasLastHistory ? [new ProcessEvent.TimePassed(), .. PickUp()] : [Loading.Truncated(loaded.Row)]);
            return;
        }

        // What cannot be read is left as it is; only the row says so.
        LogNotRunnable(_id, loaded.Row.Type, fault);
        await QuarantineAsync(loaded.Row, fault, IncidentCode.PayloadUnreadable);
        Retire(deactivate: true);
    }

    private async Task QuarantineAsync(ProcessRow row, string fault, IncidentCode code, FailureInfo? failure = null)
    {
        var quarantine = Loading.Quarantine(row, fault, Context(definition: null), code, failure);
        if (quarantine is { } commit && (await CommitAsync(commit)).Status == CommitStatus.Done)
        {
            _silo.Instruments.Committed(row, commit.Row, _silo.Now);
            _log.SetAside(commit.Row);
        }
    }

    /// <summary>What fails whenever it is tried, and for no reason that the engine knows, would fail for ever: an operator has to look.</summary>
    private async Task SetAsideAsync(Exception e)
    {
        try
        {
            if (_silo.CountFailure(_id) && await _silo.Store.LoadAsync(_id, CancellationToken.None) is { } loaded)
            {
                var fault = $"each try to go on fails: {e.GetType().Name}: {e.Message}";
                await QuarantineAsync(loaded.Row, fault, IncidentCode.StateUnusable, FailureInfo.From(e));
            }
        }
        catch (Exception again)
        {
            // It stays as it is, and is tried again with the back-off of those who look after it.
            LogFailed(_id, again);
        }
    }

    private async Task PokedAsync()
    {
        if (_ends.HoldsUp(_state, _driver.IsSlicing))
        {
            return;
        }

        if (_state is null)
        {
            await LoadAsync();
        }
        else
        {
            var messages = await _silo.ReadInboxAsync(_id);
            if (messages.Count > 0 || !await HasMovedAsync())
            {
                await TurnAsync([new ProcessEvent.MessagesArrived(messages), .. PickUp()]);
            }
        }
    }

    private async Task TickedAsync()
    {
        if (_state?.NextTime <= Now)
        {
            await TurnAsync([new ProcessEvent.TimePassed()]);
        }
        else if (_state is { InFlight: false } && !(_state.NextTime - Now < _silo.Options.IdleTimeout) && !_driver.WaitsForSlot && !_grain.IsWatched)
        {
            Retire(deactivate: true);
        }
    }

    private async Task HappenedAsync(LaneItem.Event first)
    {
        var gathered = _queue.Gather(first);
        try
        {
            var wanted = LaneItem.Wanted(gathered, _driver.Current, out var attemptEnds);
            _driver.Forget(attemptEnds);
            if (wanted.Count > 0 && _state is not null)
            {
                await TurnAsync(wanted);
            }

            if (attemptEnds)
            {
                _driver.LeaveSlot(alive: true);
            }
        }
        finally
        {
            gathered.ForEach(item => item.Done.TrySetResult());
        }
    }

    private IEnumerable<ProcessEvent> PickUp() => _state is { Held: true } state && !IsStopping ? _driver.PickUp(state) : [];

    private void Arrange()
    {
        if (_retired)
        {
            return;
        }

        if (_state is not { } state || state.Row.State.IsTerminal() || (state.Held && (_silo.IsDraining || _driver.IsTurnedAway)))
        {
            Retire(deactivate: true);
            return;
        }

        var busy = state.InFlight || _driver.WaitsForSlot;
        if (busy)
        {
            _silo.Drives(_id, this);
        }
        else
        {
            _silo.DrivesNoMore(_id, this);
        }

        _timer.Set(Wait(state), busy ? null : _silo.Options.IdleTimeout);
    }

    private void Retire(bool deactivate)
    {
        if (!_retired)
        {
            _retired = true;
            _timer.Stop();
            _ends.Stop();
            _driver.Drop();
            _silo.DrivesNoMore(_id, this);
            _queue.Refuse(_id);
        }

        if (deactivate)
        {
            _grain.DeactivateOnIdle();
        }
    }
}
