using Orleans.Workflows.Grains.Engine;

namespace Orleans.Workflows.Grains.Running;

/// <summary>
/// The one lane of an activation: loads, messages, timers and step results are items of one queue, with one
/// decide-and-commit at a time. What gathers during a commit shares the next one. Memory changes only after the commit
/// is durable.
/// </summary>
/// <remarks>
/// All members run on the activation's scheduler but those that say 'from any thread', and <see cref="IsOverdue"/>.
/// </remarks>
internal sealed class ProcessLane
{
    private readonly Activation _activation;
    private readonly Turns _turns;
    private readonly LaneReads _reads;
    private readonly LaneStarts _starts;
    private readonly StepDriver _driver;
    private readonly LaneTimer _timer;
    private readonly ActiveLanes _lanes;
    private readonly EndGathering _ends;

    /// <summary>Puts the lane of an activation together.</summary>
    /// <param name="activation">What its parts share.</param>
    /// <param name="turns">Makes turns of what has happened.</param>
    /// <param name="reads">Reads the store.</param>
    /// <param name="starts">Answers starts.</param>
    /// <param name="driver">Runs steps.</param>
    /// <param name="timer">Rings when something is due, or nothing was for long.</param>
    /// <param name="lanes">The silo's lanes.</param>
    public ProcessLane(
        Activation activation,
        Turns turns,
        LaneReads reads,
        LaneStarts starts,
        StepDriver driver,
        LaneTimer timer,
        ActiveLanes lanes)
    {
        _activation = activation;
        _turns = turns;
        _reads = reads;
        _starts = starts;
        _driver = driver;
        _timer = timer;
        _lanes = lanes;
        _ends = new EndGathering(TimeProvider.System, () => Post(new LaneItem.Gathered()));
        activation.Queue.Handle = HandleAsync;
        activation.Retiring = () =>
        {
            _timer.Stop();
            _ends.Stop();
            _driver.Drop();
            _lanes.Remove(_activation.Id, this);
        };
    }

    /// <summary>
    /// Whether there is a step that should have ended by its deadline and has not, so that it has to be ended from
    /// outside.
    /// </summary>
    /// <param name="margin">How long after the deadline that is.</param>
    public bool IsOverdue(TimeSpan margin) =>
        _activation.State is { InFlight: true, Checkpoint.Deadline: { } deadline }
        && deadline.Later(margin) < _activation.Surely;

    /// <summary>
    /// Asks whether the activation's thread is free, if its step has run for a while, from any thread.
    /// </summary>
    /// <returns>Completes when the thread is free; null when there is nothing to ask.</returns>
    public Task? ProbeThread(TimeSpan limit) =>
        _driver.Current is { } attempt && attempt.HasRunFor(limit) ? attempt.ProbeThread(_activation.Scheduler) : null;

    /// <summary>Says which step holds the thread, once per attempt. From any thread.</summary>
    /// <returns>The type and the position; null when it was said before, or the step has ended.</returns>
    public (string Type, string Position)? Blame() =>
        _driver.Current is { } attempt && _activation.State is { InFlight: true } state && attempt.Blame()
            ? (state.Row.Type, state.Checkpoint.Position)
            : null;

    /// <summary>Adds an item, from any thread.</summary>
    public void Post(LaneItem item) => _activation.Queue.Post(item);

    /// <summary>Says that there may be messages or due times.</summary>
    /// <param name="scanTime">
    /// The time for which a scan found it due, which counts although this silo's clock may be behind the scanner's: a
    /// little, and for waits only.
    /// </param>
    public void Poke(DateTimeOffset? scanTime = null)
    {
        Expect(scanTime);
        _activation.Queue.Poke();
    }

    /// <summary>The same, with an answer.</summary>
    /// <param name="scanTime">The time for which a scan found it due.</param>
    /// <returns>Completes when it has looked, or nothing more is done here.</returns>
    public Task WakeAsync(DateTimeOffset? scanTime)
    {
        Expect(scanTime);
        var woken = new LaneItem.Woken();
        Post(woken);
        return woken.Done.Task;
    }

    /// <summary>Begins behind an activation elsewhere that could not run the process.</summary>
    /// <param name="isStored">Whether there is a process; else its start comes again.</param>
    public void TakeOver(bool isStored)
    {
        if (isStored)
        {
            Poke();
            return;
        }

        // A start that does not come again leaves nothing behind for longer than an idle process.
        _timer.Set(state: null, isBusy: false);
    }

    /// <summary>Tells the running step to stop, from any thread.</summary>
    public void Cancel(StopReason reason) => _driver.Cancel(reason);

    /// <summary>Tells the step to stop when its process has ended, or is run elsewhere. From any thread.</summary>
    /// <param name="owner">This silo, as rows name it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task StopIfMovedAsync(string owner, CancellationToken cancellationToken) =>
        _reads.StopIfMovedAsync(owner, cancellationToken);

    /// <summary>
    /// Tells a step that holds the activation's thread to stop when a kill waits for it. From any thread.
    /// </summary>
    public Task StopIfKilledAsync(CancellationToken cancellationToken) => _reads.StopIfKilledAsync(cancellationToken);

    /// <summary>
    /// Gives the process back: the step is told to stop, and has a second to do so. After that the process is given
    /// back without it.
    /// </summary>
    /// <returns>Completes when the process is given back, or the store is too slow for that.</returns>
    public async Task StopAsync()
    {
        if (_activation.IsRetired)
        {
            // It has ended by itself. What there still is to do is found by supervisors, with their back-off.
            return;
        }

        _activation.IsStopping = true;
        if (!await _driver.ReleaseAsync(TimeSpan.FromSeconds(1)))
        {
            // Its result is wanted no more. Its host leaves in order, which must not count as a crash.
            _driver.GiveUp(StopReason.Shutdown);
            Post(new LaneItem.Event(new ProcessEvent.StepReleased(), of: null));
        }

        await _activation.Queue.QuietAsync(() => _activation.State is not { InFlight: true }, TimeSpan.FromSeconds(1));
        _activation.Retire(deactivate: false);
        if (_activation.State is { Row: { State: ProcessState.Running, Paused: false } } && !_lanes.IsDraining)
        {
            _activation.PokeNext();
        }
    }

    /// <summary>
    /// Gives the process back because the silo stops, from any thread. A step that holds the activation's thread does
    /// not hinder it.
    /// </summary>
    /// <returns>Completes when it is given back, or the store is too slow for that.</returns>
    public async Task GiveBackAsync()
    {
        Cancel(StopReason.Shutdown);
        var stopped = _activation.Run(StopAsync).Unwrap();
        await Task.WhenAny(stopped, Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System));
        var given = _activation.IsStopping || stopped.IsCompleted ? stopped : _turns.GiveBackAsync();
        await Task.WhenAny(given, Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System));
    }

    private void Expect(DateTimeOffset? scanTime)
    {
        _activation.Expect(scanTime);
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
            if (_activation.IsRetired)
            {
                item.Refuse(_activation.Id);
                return;
            }

            await DoAsync(item);
            Arrange();
        }
        catch (Exception e)
        {
            // The boundary of the lane: whatever went wrong, memory is dropped and the row stays the truth.
            await _reads.FailedAsync(e);
            item.Refuse(_activation.Id);
            _activation.Retire(deactivate: true);
        }
    }

    private async Task DoAsync(LaneItem item)
    {
        switch (item)
        {
            case LaneItem.Start start:
                start.Answer(await _starts.StartAsync(start));
                break;
            case LaneItem.Asked asked:
                await AnswerAsync(asked);
                break;
            case LaneItem.Poked:
                await LookAsync();
                break;
            case LaneItem.Woken woken:
                await LookAsync();
                woken.Done.TrySetResult();
                break;
            case LaneItem.Gathered:
                _ends.Hurry();
                await LookAsync();
                break;
            case LaneItem.Ticked:
                await TickedAsync();
                break;
            case LaneItem.Event happened:
                await HappenedAsync(happened);
                break;
            default:
                throw new InvalidOperationException($"Process {_activation.Id}: unknown item {item.GetType().Name}.");
        }
    }

    private Task LookAsync() =>
        _ends.HoldsUp(_activation.State, _driver.IsSlicing) ? Task.CompletedTask : _reads.LookAsync();

    private async Task AnswerAsync(LaneItem.Asked asked)
    {
        if (_activation.State is null)
        {
            await _reads.LoadAsync();
        }
        else if (await _reads.HasMovedAsync())
        {
            asked.Refuse(_activation.Id);
            return;
        }

        if (_ends.IsHolding)
        {
            // Who asks behind a poke is answered behind what the poke was for.
            _ends.Hurry();
            await LookAsync();
        }

        asked.Reply.TrySetResult(_activation.State);
    }

    private async Task TickedAsync()
    {
        if (_activation.State is not { } state)
        {
            // A start that did not come again: nothing is here. See Arrange.
            return;
        }

        if (state.NextTime <= _activation.Now)
        {
            await _turns.TurnAsync([new ProcessEvent.TimePassed()]);
        }
        else if (_timer.IsIdle(state) && !_driver.WaitsForSlot)
        {
            _activation.Retire(deactivate: true);
        }
    }

    private async Task HappenedAsync(LaneItem.Event first)
    {
        var gathered = _activation.Queue.Gather(first);
        try
        {
            var wanted = LaneItem.Wanted(gathered, _driver.Current, out var attemptEnds);
            _driver.Forget(attemptEnds);
            if (wanted.Count > 0 && _activation.State is not null)
            {
                await _turns.TurnAsync(wanted);
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

    /// <summary>Ends the activation when there is nothing left to do here, else sets the timer.</summary>
    private void Arrange()
    {
        if (_activation.IsRetired)
        {
            return;
        }

        if (_activation.State is not { } state
            || state.Row.State.IsTerminal()
            || (state.NotTakenOver && (_lanes.IsDraining || _driver.IsTurnedAway)))
        {
            _activation.Retire(deactivate: true);
            return;
        }

        var isBusy = state.InFlight || _driver.WaitsForSlot;
        if (isBusy)
        {
            _lanes.Add(_activation.Id, this);
        }
        else
        {
            _lanes.Remove(_activation.Id, this);
        }

        _timer.Set(state, isBusy);
    }
}
