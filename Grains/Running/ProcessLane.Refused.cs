using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Engine;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Grains.Running;

// What the lane does with a turn that the store refuses for good: nothing is tried for ever, whatever state the process is in.
internal sealed partial class ProcessLane
{
    /// <summary>
    /// Finds a commit that the store takes. A kill is committed alone; what has happened and what has arrived are taken apart, so that one
    /// message that cannot be taken in costs no other; what is left is an incident, and if that is refused too, one by the row alone.
    /// </summary>
    private async Task RefusedAsync(EngineState state, IReadOnlyList<ProcessEvent> events, Decision decision, CommitResult result)
    {
        LogRefused(_id, result.Status, result.Reason);
        var open = state.Inbox.Unseen.Concat(events.OfType<ProcessEvent.MessagesArrived>().SelectMany(static arrived => arrived.Messages))
            .Where(static message => message.Seen == MessageSeen.Unseen).DistinctBy(static message => message.MessageId).ToList();
        IReadOnlyList<ProcessEvent> rest = [.. events.Where(static e => e is not ProcessEvent.MessagesArrived)];
        if (decision.Next.Row.State == ProcessState.Killed)
        {
            await KillAloneAsync(state, decision, result);
        }
        else if (open.Count > 1 || (open.Count == 1 && rest.Count > 0))
        {
            await TakeApartAsync(state, rest, open);
        }
        else if (open is [var message])
        {
            await BlameAsync(state, message, result);
        }
        else if (state.Row.Paused || rest.Any(static e => e is ProcessEvent.Faulted or ProcessEvent.Unstorable))
        {
            await QuarantineAsync(state.Row, $"the store refuses its commits: {result.Reason}", IncidentCode.CommitRejected);
            Retire(deactivate: true);
        }
        else
        {
            await TurnAsync([Loading.Refused(state, result)]);
        }
    }

    private async Task KillAloneAsync(EngineState state, Decision decision, CommitResult refused)
    {
        var (commit, result) = await LoneKill.CommitAsync(_silo, state.Row, decision.Commit!, refused.Reason, CommitAsync);
        if (result.Status == CommitStatus.Done)
        {
            _silo.Instruments.Committed(state.Row, commit.Row, _silo.Now);
            Adopt(decision with { Commit = commit, Next = decision.Next with { Row = commit.Row } }, result);
            _silo.Observers.Tell(_silo.Definitions.Find(state.Row.Type), decision);
        }
        else
        {
            LogRefused(_id, result.Status, result.Reason);
            Retire(deactivate: true);
        }
    }

    /// <summary>First what has happened, then each message for itself.</summary>
    private async Task TakeApartAsync(EngineState state, IReadOnlyList<ProcessEvent> rest, List<InboxMessage> open)
    {
        _state = Without(state, open);
        if (rest.Count > 0)
        {
            await TurnAsync(rest);
        }

        foreach (var message in open)
        {
            if (_retired)
            {
                return;
            }

            // A control has its effect behind a running step: there it was refused, so there it would be again.
            var isBlamed = _state is { InFlight: true } && message.Kind is not (MessageKind.Signal or MessageKind.ChildEnded or MessageKind.Kill or MessageKind.ForceKill);
            await TurnAsync([isBlamed ? new ProcessEvent.Unstorable(message) : new ProcessEvent.MessagesArrived([message])]);
        }
    }

    /// <summary>A message alone is refused: the process stops for an operator and keeps it; one that cannot even be kept is refused.</summary>
    private async Task BlameAsync(EngineState state, InboxMessage message, CommitResult result)
    {
        _state = Without(state, [message]);
        if (state.InFlight || state.Row.Paused)
        {
            await TurnAsync([new ProcessEvent.Unstorable(message)]);
            return;
        }

        await TurnAsync([Loading.Refused(state, result)]);
        if (!_retired)
        {
            await TurnAsync([new ProcessEvent.MessagesArrived([message])]);
        }
    }

    private static EngineState Without(EngineState state, IEnumerable<InboxMessage> messages) =>
        state with { Inbox = messages.Where(state.Inbox.Contains).Aggregate(state.Inbox, static (inbox, message) => inbox.Remove(message)) };
}
