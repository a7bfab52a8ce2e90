using System.Text.Json;
using System.Globalization;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Clock;
using Orleans.Workflows.Grains.Definitions;
using Orleans.Workflows.Grains.Engine;
using Orleans.Workflows.Grains.Running;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Grains.Supervision;
using Orleans.Workflows.Linked;

namespace Orleans.Workflows.Grains.Gateway;

/// <summary>Stores signals and controls, and says what became of them.</summary>
internal sealed class GatewayMessages(
    IProcessStore store,
    EngineClock clock,
    ClusterTypes types,
    ClusterDefinitions definitions,
    AwaitedNames awaited,
    ProcessPlaces places,
    OverdueKill overdueKill)
{
    /// <summary>How long a kill by force leaves a process the time to carry it out itself.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    /// <summary>Stores a message for a process, and pokes it.</summary>
    /// <param name="request">The message, which is well formed.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<MessageReply> SendAsync(MessageRequest request, CancellationToken cancellationToken)
    {
        var id = StoredId(request.Kind, request.MessageId);
        if (types.WhoDoesNotKnow(request.Kind) is { } older)
        {
            // At its source: in the inbox it would wait for as long as such a silo has the process.
            return await store.ReadHeadAsync(request.Receiver, cancellationToken) is not { State: var state }
                ? new MessageReply { Status = MessageStatus.NotFound }
                : ControlChecks.Reply(
                    state,
                    ControlStatus.RefusedNotPaused,
                    $"The silo {older} is of an older version, which does not know the message {request.Kind}. Try "
                    + "again when all silos are of this version.");
        }

        if (request.Kind.IsHeldAgainstRow() || (request.Kind == MessageKind.Signal && SignalChecks.IsNeeded(request)))
        {
            var row = await store.ReadRowAsync(request.Receiver, cancellationToken);
            if (await RefuseAsync(request, row, cancellationToken) is not { } refusal)
            {
                request =
                    request.Kind == MessageKind.EditInput && row is { State: var now } && !now.IsTerminal()
                        ? request with
                        {
                            Payload = await definitions.CompleteEditAsync(request, row, cancellationToken),
                        }
                        : request;
            }
            else if (await store.ReadMessageAsync(request.Receiver, id, cancellationToken) is null)
            {
                // One that is known makes no sense any more because it had its effect: it gets the answer of a control
                // that is stored.
                return refusal;
            }
        }

        var message = new InboxMessage
        {
            Receiver = request.Receiver,
            MessageId = id,
            Kind = request.Kind,
            Name = request.Name,
            Payload = request.Payload,
            Sender = request.Call,
            SentAt = clock.Now,
        };
        var result = await store.SendAsync(message, cancellationToken);
        if (result.Status == MessageStatus.Refused)
        {
            return SignalChecks.Full(request, result.State);
        }

        if (result.Status is MessageStatus.Stored or MessageStatus.Duplicate)
        {
            // A duplicate may be this very message, stored before a reply was lost.
            places.Poke(request.Receiver);
            if (request.Kind == MessageKind.ForceKill)
            {
                await CarryOutAsync(message, cancellationToken);
            }
        }

        return new MessageReply
        {
            Status = result.Status,
            State = result.State,
            Control = ControlChecks.Answer(request.Kind, result),
            AwaitedNames = request is { Kind: MessageKind.Signal, Name: { } name }
                && result is { Status: MessageStatus.Stored or MessageStatus.Duplicate, Type: { } type }
                ? await awaited.WithoutAsync(type, name)
                : null,
        };
    }

    /// <summary>Says what became of a message.</summary>
    /// <param name="receiver">The process.</param>
    /// <param name="kind">The kind of message.</param>
    /// <param name="messageId">The id that its sender gave it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether it is known, and its effect.</returns>
    public async Task<MessageEffectReply> GetEffectAsync(
        ProcessId receiver,
        MessageKind kind,
        string messageId,
        CancellationToken cancellationToken)
    {
        var seen = await store.ReadMessageAsync(receiver, StoredId(kind, messageId), cancellationToken);
        return new MessageEffectReply(seen is not null, seen switch
        {
            MessageSeen.Parked => MessageEffect.Kept,
            MessageSeen.Consumed => MessageEffect.Applied,
            MessageSeen.Refused => MessageEffect.Refused,
            _ => MessageEffect.Pending,
        });
    }

    /// <summary>
    /// What a drop needs to know is one message, and no definition; all else that is held against the process is held
    /// against its row.
    /// </summary>
    private async Task<MessageReply?> RefuseAsync(
        MessageRequest request,
        ProcessRow? row,
        CancellationToken cancellationToken)
    {
        if (request.Kind != MessageKind.Drop || row is not { State: var state } || state.IsTerminal())
        {
            return await definitions.RefuseAsync(request, row, cancellationToken);
        }

        var signal =
            request.Payload.Length == 0
                ? null
                : JsonSerializer.Deserialize<string>(request.Payload, WorkflowJson.Options);
        return signal is not null
            && await store.ReadMessageAsync(request.Receiver, EngineIds.SignalOf(signal), cancellationToken)
                is MessageSeen.Unseen or MessageSeen.Parked
                ? null
                : ControlChecks.Reply(state, ControlStatus.RefusedNoSignal);
    }

    /// <summary>
    /// A step that holds its activation's thread keeps it from carrying out a kill by force; then it is done from here.
    /// </summary>
    private async Task CarryOutAsync(InboxMessage kill, CancellationToken cancellationToken)
    {
        var began = TimeProvider.System.GetTimestamp();
        for (
            var delay = TimeSpan.FromMilliseconds(10);
            TimeProvider.System.GetElapsedTime(began) < Patience;
            delay = BackOff.After(delay, Patience))
        {
            await Task.Delay(delay, TimeProvider.System, cancellationToken);
            if (
                await store.ReadMessageAsync(kill.Receiver, kill.MessageId, cancellationToken)
                is not MessageSeen.Unseen)
            {
                return;
            }
        }

        await overdueKill.CarryOutAsync(kill.Receiver, cancellationToken);
    }

    /// <summary>An id names one call: a kill with the id of a pause that was stored is not that pause again.</summary>
    private static string StoredId(MessageKind kind, string id) =>
        kind == MessageKind.Signal
            ? EngineIds.SignalOf(id)
            : string.Create(CultureInfo.InvariantCulture, $"c{(int)kind}:{id}");
}
