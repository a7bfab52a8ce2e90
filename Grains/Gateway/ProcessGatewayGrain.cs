using System.Text.Json;
using Orleans.Concurrency;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Engine;
using Orleans.Workflows.Grains.Running;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Grains.Gateway;

/// <summary>Answers from the store alone, so that a step which holds its activation's thread delays nobody.</summary>
[StatelessWorker, Reentrant, GrainType("owf.gateway")]
internal sealed class ProcessGatewayGrain(SiloRuntime silo) : Grain, IProcessGatewayGrain
{
    /// <inheritdoc/>
    public async Task<MessageReply> SendAsync(MessageRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        StorableText.Check(request.Name, request.Kind is MessageKind.Signal ? "name of the signal" : "text of the control", nameof(request));
        var message = new InboxMessage
        {
            Receiver = request.Receiver,
            MessageId = StoredId(request.Kind, request.MessageId),
            Kind = request.Kind,
            Name = request.Name,
            Payload = Json(request),
            SentAt = silo.Now,
        };
        var result = await Answered(() => silo.Store.SendAsync(message, cancellationToken));
        if (result.Status is MessageStatus.Stored or MessageStatus.Duplicate)
        {
            // A duplicate may be this very message, stored before a reply was lost.
            silo.Poke(request.Receiver);
        }

        return new MessageReply { Status = result.Status, State = result.State, Control = Answer(request.Kind, result) };
    }

    /// <inheritdoc/>
    public async Task<MessageEffectReply> GetEffectAsync(ProcessId receiver, MessageKind kind, string messageId, CancellationToken cancellationToken)
    {
        var seen = await Answered(() => silo.Store.ReadMessageAsync(receiver, StoredId(kind, messageId), cancellationToken));
        return new MessageEffectReply(seen is not null, seen switch
        {
            MessageSeen.Parked => MessageEffect.Kept,
            MessageSeen.Consumed => MessageEffect.Applied,
            MessageSeen.Refused => MessageEffect.Refused,
            _ => MessageEffect.Pending,
        });
    }

    /// <inheritdoc/>
    public async Task<ProcessStatus?> GetStatusAsync(ProcessId id, CancellationToken cancellationToken)
    {
        if (await Answered(() => silo.Store.LoadAsync(id, cancellationToken)) is not { } loaded)
        {
            return null;
        }

        var (row, inbox) = loaded;
        Checkpoint checkpoint;
        try
        {
            checkpoint = Checkpoint.Read(row.Checkpoint);
        }
        catch (JsonException e)
        {
            checkpoint = Loading.Unreadable(row, e);
        }

        return new ProcessStatus
        {
            Summary = row.Summarize(),
            WaitingFor = Explanation.Of(row, checkpoint, inbox),
            Position = checkpoint.Position,
            StepsCompleted = checkpoint.Step,
            Attempt = checkpoint.Attempt,
            Incident = checkpoint.Incident,
            Pending = [.. inbox.Select(static message => message.Kind == MessageKind.Signal ? $"Signal {message.Name}" : $"{message.Kind}")],
        };
    }

    /// <inheritdoc/>
    public async Task<SubscribeReply> GetOutcomeAsync(ProcessId id, CancellationToken cancellationToken)
    {
        var loaded = await Answered(() => silo.Store.LoadAsync(id, cancellationToken));
        return new SubscribeReply(loaded is not null, loaded is null ? null : EngineState.OutcomeOf(loaded.Row));
    }

    /// <inheritdoc/>
    public Task<ProcessPage> ListAsync(ProcessQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        foreach (var text in query.Tags.SelectMany(static tag => new[] { tag.Key, tag.Value }).Append(query.Type).Append(query.IdPrefix))
        {
            StorableText.Check(text, "filter", nameof(query));
        }

        return Answered(() => silo.Store.ListAsync(query, cancellationToken));
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<HistoryEntry>> ReadHistoryAsync(ProcessId id, long afterVersion, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, 1_000);
        return Answered(() => silo.Store.ReadHistoryAsync(id, afterVersion, limit, cancellationToken));
    }

    /// <summary>Clients do not have the store's exceptions, so they get one that they have.</summary>
    private static async Task<T> Answered<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (StoreUnavailableException e)
        {
            throw new WorkflowUnavailableException(e.Message);
        }
    }

    /// <summary>Keeps the ids that clients give apart from the engine's own.</summary>
    private static string StoredId(MessageKind kind, string id)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(id.Length, 200);
        StorableText.Check(id, "message's id", nameof(id));
        return kind switch
        {
            MessageKind.Signal => $"s:{id}",
            MessageKind.Pause or MessageKind.Play or MessageKind.Kill => $"c:{id}",
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "A client sends signals and controls."),
        };
    }

    /// <summary>A payload becomes part of a checkpoint as it is, so it has to be one JSON value.</summary>
    private static byte[] Json(MessageRequest request)
    {
        var payload = WorkflowJson.Checked(request.Payload, $"signal '{request.Name}'");
        try
        {
            var reader = new Utf8JsonReader(payload);
            while (payload.Length > 0 && reader.Read())
            {
                reader.TrySkip();
            }

            return payload;
        }
        catch (JsonException e)
        {
            throw new PayloadException($"The payload of the signal '{request.Name}' is not JSON: {e.Message}");
        }
    }

    private static ControlStatus Answer(MessageKind kind, SendResult result)
    {
        if (result.Status == MessageStatus.Terminal)
        {
            return kind == MessageKind.Kill && result.State == ProcessState.Killed ? ControlStatus.AlreadySo : ControlStatus.RefusedTerminal;
        }

        if (result.UnseenControls.Contains(MessageKind.Kill))
        {
            return kind == MessageKind.Kill ? ControlStatus.AlreadySo : ControlStatus.RefusedBeingKilled;
        }

        // What the process will be when everything before this message has had its effect.
        var paused = result.UnseenControls.Aggregate(result.Paused, static (was, control) => control == MessageKind.Pause || (control != MessageKind.Play && was));
        return kind switch
        {
            MessageKind.Pause when paused => ControlStatus.AlreadySo,
            MessageKind.Play when !paused => ControlStatus.AlreadySo,
            _ => ControlStatus.Accepted,
        };
    }
}
