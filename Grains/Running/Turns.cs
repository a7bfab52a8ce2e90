using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Definitions;
using Orleans.Workflows.Grains.Engine;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Grains.Running;

/// <summary>The turns of one activation: decide, ask the hooks, commit, adopt, act.</summary>
internal sealed class Turns(
    Activation activation,
    Decisions decisions,
    Commits commits,
    Quarantine quarantine,
    Runnability runnability,
    StepDriver driver,
    EndWatchers watchers,
    ProcessLog log)
{
    private bool _isTakingApart;

    /// <summary>Makes a turn of what has happened.</summary>
    /// <param name="events">What, in order.</param>
    /// <returns>Completes when it is committed and acted on, or the activation has ended.</returns>
    public async Task TurnAsync(IReadOnlyList<ProcessEvent> events)
    {
        if (activation.State is not { } state || WhatToDecide(state, events, out var canRun) is not { } happened)
        {
            return;
        }

        var definition = decisions.Find(state.Row.Type);
        var decision = await decisions.PrepareAsync(state, happened, Context(definition) with { CanRun = canRun });
        if (decision.Commit is null)
        {
            Adopt(decision);
            return;
        }

        var result = await commits.CommitAsync(state, decision, definition, () => activation.IsRetired, Adopt);
        switch (result.Status)
        {
            case CommitStatus.Done:
                break;
            case CommitStatus.ChildExists:
                var taken = Obstacles.ChildTaken(result.Child, happened);
                log.AttemptFailed(state, new ProcessAlreadyExistsException(taken.Failure.Message), retryAfter: null);
                await TurnAsync([
                    .. happened.Where(static e =>
                        e is not (ProcessEvent.StepReturned or ProcessEvent.ChildrenSliced)),
                    taken,
                ]);
                break;
            case CommitStatus.Rejected:
                log.Refused(activation.Id, result);
                await RefusedAsync(state, happened, decision, result);
                break;
            case CommitStatus.Conflict or CommitStatus.AlreadyExists:
                // Another activation was first, so what this one knows is old.
                log.Moved(activation.Id, decision.Commit.Row.Version);
                activation.Retire(deactivate: true);
                break;
            case CommitStatus.Unavailable:
                // The activation ends before the store is back. Nothing was stored; what ran runs again.
                activation.Retire(deactivate: true);
                break;
            case CommitStatus.Overloaded:
                log.Refused(activation.Id, result);
                activation.Retire(deactivate: true);
                break;
            default:
                throw new InvalidOperationException($"Process {activation.Id}: unknown commit status {result.Status}.");
        }
    }

    /// <summary>Stores a new process.</summary>
    /// <param name="request">The start.</param>
    /// <param name="definition">The process's definition.</param>
    /// <param name="trace">The span of the start; null for none.</param>
    /// <param name="stored">
    /// Is told the state that is stored, before the first step begins: that may hold the thread from its first line on.
    /// </param>
    public async Task<CommitResult> StartAsync(
        StartRequest request, ProcessDefinition definition, string? trace, Action<ProcessState> stored)
    {
        var decision = await decisions.PrepareStartAsync(
            activation.Id,
            request,
            definition,
            Context(definition) with
            {
                Trace = trace,
            });
        return await commits.CommitAsync(
            before: null,
            decision,
            definition,
            givenUp: null,
            (committed, hasIncident) =>
            {
                stored(committed.Next.Row.State);
                Adopt(committed, hasIncident);
            });
    }

    /// <summary>
    /// Gives the process back without its step, which holds the activation's thread, from any thread: the row's version
    /// says who was first, and the step's late result is refused.
    /// </summary>
    /// <returns>Completes when it is given back, or cannot be: then it is taken over as after a crash.</returns>
    public async Task GiveBackAsync()
    {
        try
        {
            if (activation.State is { InFlight: true } state)
            {
                var definition = decisions.Find(state.Row.Type);
                var decision = ProcessEngine.Decide(state, [new ProcessEvent.StepReleased()], Context(definition));
                if (decision.Commit is not null)
                {
                    await commits.CommitAsync(state, decision, definition);
                }

                driver.SayGivenUp();
            }
        }
        catch (Exception e)
        {
            // The host stops all the same.
            log.LaneFailed(activation.Id, e);
        }
    }

    private EngineContext Context(ProcessDefinition? definition) =>
        decisions.Context(definition, activation.Now, activation.State?.Row.CreatedAt);

    /// <summary>
    /// What the engine is asked about: what has happened, or that the process cannot run; null when nothing can be done
    /// with it here.
    /// </summary>
    private IReadOnlyList<ProcessEvent>? WhatToDecide(
        EngineState state,
        IReadOnlyList<ProcessEvent> events,
        out bool canRun)
    {
        var reason = runnability.WhyNot(state);
        canRun = reason is null;
        if (reason is null)
        {
            return events;
        }

        // Also for a control, since hooks want the definition.
        if (runnability.AbleSilo(state) is { } able)
        {
            activation.HandOn(able, isStored: true);
            return null;
        }

        if (Runnability.IsControlled(state, events))
        {
            return events;
        }

        log.NotRunnable(state.Row, reason);
        if (runnability.IsOverdue(state, activation.Now))
        {
            return [Obstacles.NotRunnable(reason)];
        }

        activation.Retire(deactivate: true);
        return null;
    }

    private void Adopt(Decision decision, bool hasIncident)
    {
        Adopt(decision);
        if (hasIncident)
        {
            // Who waits for the end has to know that it does not come by itself.
            watchers.TellToAskAgain(activation.Id);
        }
    }

    private void Adopt(Decision decision)
    {
        var isPlayed = decision.Next.NotTakenOver && activation.State is { NotTakenOver: false, InFlight: false };
        activation.State = decision.Next;
        foreach (var action in decision.Actions)
        {
            Act(action, decision.Next);
        }

        if (!decision.Next.NotTakenOver)
        {
            driver.LeaveSlotIfIdle();
        }

        if (isPlayed)
        {
            // It was interrupted and then paused: it is taken over like any interrupted step.
            activation.Queue.Poke();
        }
    }

    private void Act(EngineAction action, EngineState next)
    {
        switch (action)
        {
            case EngineAction.RunStep when activation.IsRetired:
                // The commit was on its way when the activation ended; the next one runs the step.
                activation.PokeNext();
                break;
            case EngineAction.RunStep:
                driver.Run(next);
                break;
            case EngineAction.StopStep:
                driver.Stop(StopReason.Kill);
                break;
            case EngineAction.DropStep:
                driver.GiveUp(next.Row.State == ProcessState.Killed ? StopReason.Kill : StopReason.Shutdown);
                break;
            case EngineAction.Announce announce:
                watchers.TellEnd(announce.Outcome);
                break;
            default:
                throw new InvalidOperationException(
                    $"Process {activation.Id}: unknown action {action.GetType().Name}.");
        }
    }

    /// <summary>
    /// Finds a commit that the store takes. What has happened and what has arrived are taken apart, so that one message
    /// that cannot be taken in costs no other; what is left is an incident, and if that is refused too, one by the row
    /// alone. Nothing is tried for ever.
    /// </summary>
    private async Task RefusedAsync(
        EngineState state,
        IReadOnlyList<ProcessEvent> events,
        Decision decision,
        CommitResult result)
    {
        // Once they are taken apart, what an earlier turn has left unseen is no cause: a kind that this version does
        // not know, a control that wants the definition. To take them apart again would never end.
        var arrived = events.OfType<ProcessEvent.MessagesArrived>().SelectMany(static e => e.Messages);
        var open = (_isTakingApart ? arrived : state.Inbox.Unseen.Concat(arrived))
            .Where(static message => message.Seen == MessageSeen.Unseen)
            .DistinctBy(static message => message.MessageId)
            .ToList();
        IReadOnlyList<ProcessEvent> rest = [.. events.Where(static e => e is not ProcessEvent.MessagesArrived)];
        if (decision.Next.Row.State == ProcessState.Killed)
        {
            // Not even the row alone was taken. A kill that stays would be looked at again and again.
            var kills = state
                .Inbox.Unseen.Concat(arrived)
                .Where(static message => message.Kind.IsKill())
                .DistinctBy(static message => message.MessageId);
            await QuarantineAsync(state, [.. kills], result);
        }
        else if (open.Count > 1 || (open.Count == 1 && rest.Count > 0))
        {
            _isTakingApart = true;
            try
            {
                await TakeApartAsync(state, rest, open);
            }
            finally
            {
                _isTakingApart = false;
            }
        }
        else if (open is [var message])
        {
            await BlameAsync(state, message, result);
        }
        else if (state.Row.Paused || rest.Any(static e => e is ProcessEvent.Faulted or ProcessEvent.Unstorable))
        {
            await QuarantineAsync(
                state,
                [.. rest.OfType<ProcessEvent.Unstorable>().Select(static e => e.Message)],
                result);
        }
        else
        {
            await TurnAsync([Obstacles.Refused(state, result)]);
        }
    }

    private async Task QuarantineAsync(EngineState state, IReadOnlyList<InboxMessage> causes, CommitResult result)
    {
        await quarantine.OpenAsync(state.Row, result.Reason, causes, () => activation.IsRetired);
        activation.Retire(deactivate: true);
    }

    /// <summary>First what has happened, then each message for itself.</summary>
    private async Task TakeApartAsync(EngineState state, IReadOnlyList<ProcessEvent> rest, List<InboxMessage> open)
    {
        activation.State = Without(state, open);
        if (rest.Count > 0)
        {
            await TurnAsync(rest);
        }

        foreach (var message in open)
        {
            if (activation.IsRetired)
            {
                return;
            }

            // A control has its effect behind a running step: there it was refused, so there it would be again.
            var isBlamed =
                activation.State is { InFlight: true }
                && message.Kind.IsControl()
                && !message.Kind.IsTakenBesideStep();
            await TurnAsync([
                isBlamed ? new ProcessEvent.Unstorable(message) : new ProcessEvent.MessagesArrived([message]),
            ]);
        }
    }

    /// <summary>
    /// A message alone is refused: the process stops for an operator and keeps it; one that cannot even be kept is
    /// refused.
    /// </summary>
    private async Task BlameAsync(EngineState state, InboxMessage message, CommitResult result)
    {
        activation.State = Without(state, [message]);
        if (state.InFlight || state.Row.Paused)
        {
            await TurnAsync([new ProcessEvent.Unstorable(message)]);
            return;
        }

        await TurnAsync([Obstacles.Refused(state, result)]);
        if (!activation.IsRetired)
        {
            await TurnAsync([new ProcessEvent.MessagesArrived([message])]);
        }
    }

    private static EngineState Without(EngineState state, IEnumerable<InboxMessage> messages) =>
        state with
        {
            Inbox = messages
                .Where(state.Inbox.Contains)
                .Aggregate(state.Inbox, static (inbox, message) => inbox.Remove(message)),
        };
}
