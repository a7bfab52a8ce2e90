using Orleans.Workflows.Grains.Definitions;
using Orleans.Workflows.Grains.Engine;

namespace Orleans.Workflows.Grains.Running;

/// <summary>
/// Runs the steps of one activation, one at a time. Not a grain call, which Orleans would abandon after two hours: a
/// task on the activation's scheduler, without the context of any caller.
/// </summary>
internal sealed class StepDriver(
    Activation activation,
    ActiveLanes lanes,
    DefinitionRegistry definitions,
    SuspectGate suspects,
    AttemptRunner attempts,
    ProcessLog log)
{
    private static readonly TimeSpan LongestNotice = TimeSpan.FromSeconds(5);

    private volatile StepAttempt? _current;
    private bool _dropped;
    private SuspectGate.Place? _place;

    /// <summary>The attempt whose result is wanted; null for none.</summary>
    public StepAttempt? Current
    {
        get => _current;
        private set => _current = value;
    }

    /// <summary>Whether the process waits at the silo's gate for suspects.</summary>
    public bool WaitsForSlot { get; private set; }

    /// <summary>Whether it was turned away there, since too many wait: whoever looks after it comes again.</summary>
    public bool IsTurnedAway { get; private set; }

    /// <summary>Whether the running step is storing children, slice after slice.</summary>
    public bool IsSlicing { get; private set; }

    /// <summary>Begins the step at the checkpoint's position.</summary>
    /// <param name="state">The process as it was committed last.</param>
    public void Run(EngineState state)
    {
        if (lanes.IsDraining || activation.IsStopping)
        {
            activation.Queue.Post(new LaneItem.Event(new ProcessEvent.StepReleased(), of: null));
            return;
        }

        var definition = definitions.Find(state.Row.Type);
        if (definition is null || !definition.Steps.TryGetValue(state.Checkpoint.Position, out var step))
        {
            activation.Queue.Post(new LaneItem.Event(
                new ProcessEvent.Faulted(
                    IncidentCode.PositionMissing,
                    $"The definition has no step '{state.Checkpoint.Position}' any more.",
                    "Deploy a definition that has the step, then play; or skip to a step that it has, or kill."),
                of: null));
            return;
        }

        var attempt = attempts.Make();
        Current = attempt;
        attempt.Completion = activation.Run(() => RunAsync(new StepToRun(definition, step, state, attempt))).Unwrap();
    }

    /// <summary>Tells the running step to stop, and gives it its grace period. From any thread.</summary>
    public void Stop(StopReason reason)
    {
        if (Current is { } attempt)
        {
            Stop(attempt, reason);
        }
    }

    /// <summary>
    /// Tells the running step to stop because its process has ended elsewhere, or its host stops. From any thread.
    /// </summary>
    public void Cancel(StopReason reason)
    {
        Stop(reason);
        if (reason == StopReason.Kill)
        {
            // The step may never give its thread back; other suspects do not wait for that.
            LeaveSlot(alive: false);
        }
    }

    /// <summary>Forgets the running step and the place at the gate for suspects.</summary>
    /// <param name="reason">What the step is told that was not told to stop before.</param>
    public void Drop(StopReason reason = StopReason.Shutdown)
    {
        Current?.Drop(reason);
        Current = null;
        _dropped = true;
        LeaveSlot(alive: false);
    }

    /// <summary>Forgets a step that was told to stop and goes on, and says so.</summary>
    /// <param name="reason">What the step is told that was not told to stop before.</param>
    public void GiveUp(StopReason reason)
    {
        SayGivenUp();
        Drop(reason);
    }

    /// <summary>Says that the step was told to stop and goes on.</summary>
    public void SayGivenUp() => log.GivenUp(activation.Id, activation.State?.Checkpoint.Position ?? "");

    /// <summary>Takes note that the attempt has ended and its result is being committed.</summary>
    public void Forget(bool ended)
    {
        if (ended)
        {
            Current?.Dispose();
            Current = null;
        }
    }

    /// <summary>Leaves the gate for suspects when nothing runs.</summary>
    public void LeaveSlotIfIdle()
    {
        if (Current is null)
        {
            LeaveSlot(alive: false);
        }
    }

    /// <summary>Leaves the gate for suspects, if the process is in. From any thread.</summary>
    /// <param name="alive">Whether the attempt for which it was let in has ended.</param>
    public void LeaveSlot(bool alive) => Interlocked.Exchange(ref _place, null)?.Leave(alive);

    /// <summary>Tells the running step that the host stops, and waits until its process is given back.</summary>
    public async Task<bool> ReleaseAsync(TimeSpan wait)
    {
        if (Current is not { } attempt)
        {
            return true;
        }

        attempt.Stop(StopReason.Shutdown, static () => { });
        await Task.WhenAny(attempt.Completion, Task.Delay(wait, TimeProvider.System));
        return attempt.Completion.IsCompleted;
    }

    /// <summary>
    /// Takes an interrupted step over: at once or, when it is suspected of taking its hosts along, when the silo's gate
    /// lets it in.
    /// </summary>
    /// <returns>The event for this turn; none when the step has to wait, or the silo stops.</returns>
    public IEnumerable<ProcessEvent> PickUp(EngineState state)
    {
        var (crashes, place) = (state.Checkpoint.CrashesFound, Volatile.Read(ref _place));
        if (lanes.IsDraining || WaitsForSlot)
        {
            return [];
        }

        if (crashes < ProcessEngine.SuspectCrashes || state.Checkpoint.IsGuilty || place is not null)
        {
            return [PickedUp(place)];
        }

        IsTurnedAway = suspects.IsFull;
        if (!IsTurnedAway)
        {
            WaitsForSlot = true;
            _ = activation.Run(() => WaitForSlotAsync(StepOf(state), alone: crashes >= ProcessEngine.MaxCrashes));
        }

        return [];
    }

    private static ProcessEvent.PickedUp PickedUp(SuspectGate.Place? place) =>
        new() { InCompany = place is { IsAlone: false } };

    private static string StepOf(EngineState state) => $"{state.Row.Type} {state.Checkpoint.Position}";

    /// <summary>A suspect that was tried again after a failure comes here without having been taken over.</summary>
    private async Task EnterSlotIfSuspectAsync(EngineState state, StepAttempt attempt)
    {
        if (state.Checkpoint.Crashes < ProcessEngine.SuspectCrashes)
        {
            return;
        }

        if (Volatile.Read(ref _place) is null)
        {
            // Its row says whether it is in company, so it has to be as it says.
            Volatile.Write(ref _place, await suspects.EnterAsync(StepOf(state), alone: !state.Checkpoint.InCompany));
            if (attempt.IsDropped)
            {
                LeaveSlot(alive: false);
            }

            attempt.Token.ThrowIfCancellationRequested();
        }

        if (Volatile.Read(ref _place) is { } place)
        {
            place.Begin(() => SurviveAsync(place, attempt).Ignore());
        }
    }

    /// <summary>
    /// Leaves the gate before the step has ended. Its row says first that it is in company from now on, unless the step
    /// holds the thread.
    /// </summary>
    private async Task SurviveAsync(SuspectGate.Place place, StepAttempt attempt)
    {
        if (place.IsAlone)
        {
            var item = new LaneItem.Event(new ProcessEvent.Survived(), attempt);
            activation.Queue.Post(item);
            await Task.WhenAny(item.Done.Task, Task.Delay(LongestNotice, TimeProvider.System));
        }

        place.Leave(alive: true);
    }

    private async Task WaitForSlotAsync(string step, bool alone)
    {
        var place = await suspects.EnterAsync(step, alone);
        WaitsForSlot = false;
        Volatile.Write(ref _place, place);
        if (_dropped)
        {
            LeaveSlot(alive: false);
            return;
        }

        activation.Queue.Post(new LaneItem.Event(PickedUp(place), of: null));
    }

    private void Stop(StepAttempt attempt, StopReason reason) =>
        attempt.Stop(
            reason,
            () =>
            {
                // A step that does not stop with its host is dropped with it; that is no fault of its own.
                if (attempt.Reason != StopReason.Shutdown)
                {
                    activation.Queue.Post(new LaneItem.Event(new ProcessEvent.GraceElapsed(), attempt));
                }
            });

    private async Task RunAsync(StepToRun what)
    {
        if (what.State is { Checkpoint.Step: 0, Row.Version: 1 })
        {
            // The answer to the start is on its way through the scheduler; the step lets it pass.
            await Task.Yield();
            await Task.Yield();
        }

        // What may be lost: everything between here and the commit of what the step returns. A silo that dies in
        // between has left no trace but the attempt that was stored before, and the step runs again from its start: at
        // least once, each time with the same idempotency key.
        var attempt = what.Attempt;
        var happened = await attempts.RunAsync(
            what,
            () => EnterSlotIfSuspectAsync(what.State, attempt),
            () => Stop(attempt, StopReason.Timeout),
            (many, slice) => StoreAsync(many, slice, attempt));
        IsSlicing &= Current != attempt;
        if (!attempt.IsDropped)
        {
            var item = new LaneItem.Event(happened, attempt);
            activation.Queue.Post(item);
            await item.Done.Task;
        }
    }

    private async Task StoreAsync(Directive.AwaitChildren many, IReadOnlyList<ChildRequest> slice, StepAttempt attempt)
    {
        IsSlicing = true;
        var item = new LaneItem.Event(
            new ProcessEvent.ChildrenSliced(slice) { MaxConcurrency = many.MaxConcurrency },
            attempt);
        activation.Queue.Post(item);
        await item.Done.Task;
        attempt.Token.ThrowIfCancellationRequested();
    }
}
