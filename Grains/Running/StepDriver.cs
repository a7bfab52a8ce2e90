using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Definitions;
using Orleans.Workflows.Grains.Engine;
using Orleans.Workflows.Grains.Telemetry;

namespace Orleans.Workflows.Grains.Running;

/// <summary>
/// Runs the steps of one activation, one at a time. Not a grain call, which Orleans would abandon after two hours: a task on the
/// activation's scheduler, without the context of any caller.
/// </summary>
internal sealed class StepDriver(SiloRuntime silo, ProcessLane lane, TaskScheduler scheduler, ProcessLog log)
{
    /// <summary>The largest number of children that one commit inserts.</summary>
    private const int ChildrenPerCommit = 100;

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
        if (silo.IsDraining || lane.IsStopping)
        {
            lane.Post(new LaneItem.Event(new ProcessEvent.StepReleased(), of: null));
            return;
        }

        var definition = silo.Definitions.Find(state.Row.Type);
        if (definition is null || !definition.Steps.TryGetValue(state.Checkpoint.Position, out var step))
        {
            lane.Post(new LaneItem.Event(
                new ProcessEvent.Faulted(
                    IncidentCode.PositionMissing,
                    $"The definition has no step '{state.Checkpoint.Position}' any more.",
                    "Deploy a definition that has the step, then play; or skip to a step that it has, or kill."),
                of: null));
            return;
        }

        var attempt = new StepAttempt();
        Current = attempt;
        attempt.Completion = OnScheduler(() => RunAsync(definition, step, state, attempt)).Unwrap();
    }

    /// <summary>Tells the running step to stop, and gives it its grace period. From any thread.</summary>
    /// <param name="reason">Why.</param>
    public void Stop(StopReason reason)
    {
        if (Current is { } attempt)
        {
            Stop(attempt, reason);
        }
    }

    /// <summary>Tells the running step to stop because its process has ended elsewhere, or its host stops. From any thread.</summary>
    /// <param name="reason">Why.</param>
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

    /// <summary>Takes note that the attempt has ended and its result is being committed.</summary>
    /// <param name="ended">Whether it has.</param>
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
    /// <param name="wait">How long.</param>
    /// <returns>Whether no step runs any more.</returns>
    public async Task<bool> ReleaseAsync(TimeSpan wait)
    {
        if (Current is not { } attempt)
        {
            return true;
        }

        attempt.Stop(StopReason.Shutdown, silo.Time, silo.Options.GracePeriod, static () => { });
        await Task.WhenAny(attempt.Completion, Task.Delay(wait, TimeProvider.System));
        return attempt.Completion.IsCompleted;
    }

    /// <summary>Takes an interrupted step over: at once or, when it is suspected of taking its hosts along, when the silo's gate lets it in.</summary>
    /// <param name="state">The process as it was loaded.</param>
    /// <returns>The event for this turn; none when the step has to wait, or the silo stops.</returns>
    public IEnumerable<ProcessEvent> PickUp(EngineState state)
    {
        var (crashes, place) = (state.Checkpoint.CrashesFound, Volatile.Read(ref _place));
        if (silo.IsDraining || WaitsForSlot)
        {
            return [];
        }

        if (crashes < ProcessEngine.SuspectCrashes || state.Checkpoint.IsGuilty || place is not null)
        {
            return [PickedUp(place)];
        }

        IsTurnedAway = silo.Suspects.IsFull;
        if (!IsTurnedAway)
        {
            WaitsForSlot = true;
            _ = OnScheduler(() => WaitForSlotAsync(StepOf(state), alone: crashes >= ProcessEngine.MaxCrashes));
        }

        return [];
    }

    private static ProcessEvent.PickedUp PickedUp(SuspectGate.Place? place) => new() { InCompany = place is { IsAlone: false } };

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
            Volatile.Write(ref _place, await silo.Suspects.EnterAsync(StepOf(state), alone: !state.Checkpoint.InCompany));
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

    /// <summary>Leaves the gate before the step has ended. Its row says first that it is in company from now on, unless the step holds the thread.</summary>
    private async Task SurviveAsync(SuspectGate.Place place, StepAttempt attempt)
    {
        if (place.IsAlone)
        {
            var item = new LaneItem.Event(new ProcessEvent.Survived(), attempt);
            lane.Post(item);
            await Task.WhenAny(item.Done.Task, Task.Delay(LongestNotice, TimeProvider.System));
        }

        place.Leave(alive: true);
    }

    private async Task WaitForSlotAsync(string step, bool alone)
    {
        var place = await silo.Suspects.EnterAsync(step, alone);
        WaitsForSlot = false;
        Volatile.Write(ref _place, place);
        if (_dropped)
        {
            LeaveSlot(alive: false);
            return;
        }

        lane.Post(new LaneItem.Event(PickedUp(place), of: null));
    }

    private void Stop(StepAttempt attempt, StopReason reason) =>
        attempt.Stop(
            reason,
            silo.Time,
            silo.Options.GracePeriod,
            () =>
            {
                // A step that does not stop with its host is dropped with it; that is no fault of its own.
                if (attempt.Reason != StopReason.Shutdown)
                {
                    lane.Post(new LaneItem.Event(new ProcessEvent.GraceElapsed(), attempt));
                }
            });

    private async Task RunAsync(ProcessDefinition definition, StepNode step, EngineState state, StepAttempt attempt)
    {
        if (state is { Checkpoint.Step: 0, Row.Version: 1 })
        {
            // The answer to the start is on its way through the scheduler; the step lets it pass.
            await Task.Yield();
            await Task.Yield();
        }

        var happened = await ResultAsync(definition, step, state, attempt);
        if (!attempt.IsDropped)
        {
            var item = new LaneItem.Event(happened, attempt);
            lane.Post(item);
            await item.Done.Task;
        }
    }

    private async Task<ProcessEvent> ResultAsync(ProcessDefinition definition, StepNode step, EngineState state, StepAttempt attempt)
    {
        var context = silo.Runner.ContextOf(definition, state, attempt);
        try
        {
            await silo.Gate.WaitAsync(attempt.Token);
            await EnterSlotIfSuspectAsync(state, attempt);
            return await MeasuredAsync(definition, step, state, attempt, context);
        }
        catch (OperationCanceledException) when (attempt.Reason is StopReason.Shutdown or StopReason.Kill)
        {
            return new ProcessEvent.StepReleased { Reports = context.Reports };
        }
        catch (Exception e)
        {
            return Failed(definition, step, state, attempt, e) with { Reports = context.Reports };
        }
    }

    /// <summary>Runs the step in a span of its own, which its own spans are in.</summary>
    private async Task<ProcessEvent> MeasuredAsync(ProcessDefinition definition, StepNode step, EngineState state, StepAttempt attempt, StepContext context)
    {
        var began = silo.Instruments.Begin();
        var span = WorkflowActivities.Step(state);
        var happened = await RunToEndAsync(definition, step, state, attempt, context);
        var (outcome, failure) = happened switch
        {
            ProcessEvent.StepReturned => ("completed", null),
            ProcessEvent.StepFailed failed => ("failed", failed.Failure.Message),
            ProcessEvent.Faulted faulted => ("incident", faulted.Text),
            _ => ("stopped", (string?)null),
        };
        silo.Instruments.StepEnded(began, definition.Name, outcome);
        WorkflowActivities.End(span, outcome, failure);
        return happened;
    }

    private async Task<ProcessEvent> RunToEndAsync(ProcessDefinition definition, StepNode step, EngineState state, StepAttempt attempt, StepContext context)
    {
        try
        {
            var returned = step.IsCpuBound
                ? await silo.Compute.RunAsync(RunAsync, attempt.Token)
                : await RunAsync();
            return returned.Directive is Directive.AwaitChildren { Children.Count: > ChildrenPerCommit } many
                ? returned with { Directive = await SliceAsync(many, attempt) }
                : returned;
        }
        catch (Exception e) when (e is UnreadablePayloadException || e.Data.Contains(UnreadablePayloadException.Mark))
        {
            return new ProcessEvent.Faulted(
                IncidentCode.PayloadUnreadable,
                e.Message,
                "Deploy a definition that can read it, or mend it in the database (a context also by an edit), then play; or skip the step, or kill.")
            {
                Failure = FailureInfo.From(e),
            };
        }
        catch (OperationCanceledException) when (attempt.Reason is StopReason.Shutdown or StopReason.Kill)
        {
            // Stopped as told. The next host takes it from here, or the kill that waits in the inbox.
            return new ProcessEvent.StepReleased { Reports = context.Reports };
        }
        catch (OperationCanceledException e) when (attempt.Reason == StopReason.Timeout)
        {
            return Failed(definition, step, state, attempt, new TimeoutException($"The step took longer than {step.Timeout ?? definition.StepTimeout}.", e)) with { Reports = context.Reports };
        }
        catch (Exception e)
        {
            // The boundary of the step: whatever its code throws becomes state.
            return Failed(definition, step, state, attempt, e) with { Reports = context.Reports };
        }

        Task<ProcessEvent.StepReturned> RunAsync()
        {
            // From here on: the queue for a thread of CPU-bound steps does not count.
            if ((step.Timeout ?? definition.StepTimeout) is { } timeout)
            {
                attempt.LimitTo(silo.Time, timeout, () => Stop(attempt, StopReason.Timeout));
            }

            return silo.Runner.RunAsync(definition, step, state, attempt, context);
        }
    }

    private async Task<Directive> SliceAsync(Directive.AwaitChildren many, StepAttempt attempt)
    {
        var slices = many.Children.Chunk(ChildrenPerCommit).ToList();
        IsSlicing = true;
        try
        {
            foreach (var slice in slices.SkipLast(1))
            {
                var item = new LaneItem.Event(new ProcessEvent.ChildrenSliced(slice) { MaxConcurrency = many.MaxConcurrency }, attempt);
                lane.Post(item);
                await item.Done.Task;
                attempt.Token.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            IsSlicing = false;
        }

        return many with { Children = slices[^1] };
    }

    private ProcessEvent.StepFailed Failed(ProcessDefinition definition, StepNode step, EngineState state, StepAttempt attempt, Exception exception)
    {
        var delay = IsFinal(exception) ? null : (step.Retry ?? definition.Retry).DelayAfter(state.Checkpoint.Failures + 1, exception);
        if (!attempt.IsDropped)
        {
            log.AttemptFailed(state, exception, delay);
        }

        return new ProcessEvent.StepFailed(FailureInfo.From(exception), delay, definition.FailureIsIncident);
    }

    /// <summary>A child that had to succeed and did not will not do so the next time.</summary>
    private static bool IsFinal(Exception exception) => exception is ProcessFailedException { Outcome.IsSuccess: false };

    private Task<Task> OnScheduler(Func<Task> action)
    {
        using (ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow())
        {
            return Task.Factory.StartNew(action, CancellationToken.None, TaskCreationOptions.DenyChildAttach, scheduler);
        }
    }
}
