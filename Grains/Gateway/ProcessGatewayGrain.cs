using System.Globalization;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Clock;
using Orleans.Workflows.Grains.Definitions;
using Orleans.Workflows.Grains.Engine;
using Orleans.Workflows.Grains.Overload;
using Orleans.Workflows.Grains.Running;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Grains.Supervision;
using Orleans.Workflows.Grains.Telemetry;

namespace Orleans.Workflows.Grains.Gateway;

/// <summary>Answers from the store alone, starts aside, so that a step which holds its activation's thread delays nobody.</summary>
/// <remarks>Kept alive: while a machine's clock is behind where it was, Orleans cannot activate what it would collect when idle
/// (decision 19).</remarks>
[StatelessWorker, Reentrant, KeepAlive, GrainType("owf.gateway")]
internal sealed class ProcessGatewayGrain(
    IProcessStore store,
    EngineClock clock,
    DefinitionRegistry registry,
    ClusterTypes types,
    StartShedding shedding,
    WorkflowInstruments instruments,
    OtherSilos others,
    ProcessPlaces places,
    ClusterDefinitions definitions,
    OverdueKill overdueKill,
    IOptions<WorkflowOptions> options,
    IClusterMembershipService membership) : Grain, IProcessGatewayGrain
{
    /// <summary>How long a kill by force leaves a process the time to carry it out itself.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    /// <summary>How long a process has not moved when it is asked whether its row is locked.</summary>
    private static readonly TimeSpan LockAge = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public Task<StartReply> StartAsync(ProcessId id, StartRequest request, IProcessObserver? observer)
    {
        RequestChecks.Check(id, request);
        var able = types.IsUniform ? null : types.Find(new NeededType(request.Type, Version: 0));
        if (request.MayBeStored || (able is not null && registry.Find(request.Type) is null))
        {
            return places.StartAsync(able, id, request, observer);
        }

        var arrivedAt = TimeProvider.System.GetTimestamp();
        if ((shedding.WhyNoStarts ?? shedding.Places.Take()) is not { } shortage)
        {
            return StartHereAsync(arrivedAt, id, request, observer);
        }

        if (!shortage.IsAway && others.Find(request.Type) is { } other)
        {
            return StartElsewhereAsync(other, id, request, observer);
        }

        // Here, not by the process's grain: what a refused start costs is missing to what was accepted, and a grain is dear.
        var span = WorkflowActivities.Start(id, request);
        instruments.StartRefused(shortage.Reason);
        var reply = StartChecks.Shed(shortage);
        WorkflowActivities.End(span, reply.Status.ToString(), shortage.Text);
        return Task.FromResult(reply);
    }

    /// <inheritdoc/>
    public async Task<MessageReply> SendAsync(MessageRequest request, CancellationToken cancellationToken)
    {
        RequestChecks.Check(request);
        ControlChecks.CheckPayload(request);
        var id = StoredId(request.Kind, request.MessageId);
        if (types.WhoDoesNotKnow(request.Kind) is { } older)
        {
            // At its source: in the inbox it would wait for as long as such a silo has the process.
            var state = (await Answered(() => store.ReadAsync(request.Receiver, cancellationToken)))?.Row.State ?? ProcessState.Created;
            return ControlChecks.Reply(
                state,
                ControlStatus.RefusedNotPaused,
                $"The silo {older} is of an older version, which does not know the message {request.Kind}. Try again when all silos are of this version.");
        }

        if (request.Kind.IsHeldAgainstRow() || (request.Kind == MessageKind.Signal && SignalChecks.IsNeeded(request)))
        {
            var loaded = await Answered(() => store.ReadAsync(request.Receiver, cancellationToken));
            if (await definitions.RefuseAsync(request, loaded, cancellationToken) is not { } refusal)
            {
                request = request.Kind == MessageKind.EditInput && loaded is { Row.State: var now } && !now.IsTerminal()
                    ? request with { Payload = await definitions.CompleteEditAsync(request, loaded.Row, cancellationToken) }
                    : request;
            }
            else if (await Answered(() => store.ReadMessageAsync(request.Receiver, id, cancellationToken)) is null)
            {
                // One that is known makes no sense any more because it had its effect: it gets the answer of a control that is stored.
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
        var result = await Answered(() => store.SendAsync(message, cancellationToken));
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

        return new MessageReply { Status = result.Status, State = result.State, Control = ControlChecks.Answer(request.Kind, result) };
    }

    /// <inheritdoc/>
    public async Task<MessageEffectReply> GetEffectAsync(ProcessId receiver, MessageKind kind, string messageId, CancellationToken cancellationToken)
    {
        RequestChecks.CheckMessage(receiver, kind, messageId);
        var seen = await Answered(() => store.ReadMessageAsync(receiver, StoredId(kind, messageId), cancellationToken));
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
        RequestChecks.CheckId(id);
        if (await Answered(() => store.ReadAsync(id, cancellationToken)) is not { } loaded)
        {
            return null;
        }

        var (row, inbox) = loaded;
        var checkpoint = Loading.Shown(row);
        var children = checkpoint.HasChildren ? await LiveChildrenAsync(id, cancellationToken) : [];
        return new ProcessStatus
        {
            Summary = row.Summarize(),
            WaitingFor = await WithLockAsync(
                Explain(row, checkpoint, inbox) + ExplainChildren(row, checkpoint, children), row, inbox, cancellationToken),
            Position = checkpoint.GoesOnAt,
            StepsCompleted = checkpoint.Step,
            Attempt = checkpoint.Attempt,
            Incident = checkpoint.Incident,
            AwaitedSignal = row.State == ProcessState.Waiting ? (checkpoint.Wait as WaitState.Signal)?.Name : null,
            ExitLabel = EngineState.OutcomeOf(row)?.ExitLabel,
            LiveChildren = [.. children.Select(static child => child.Id)],
            Pending = PendingOf(inbox),
        };
    }

    /// <inheritdoc/>
    public async Task<ProcessCheckpoint?> GetCheckpointAsync(ProcessId id, CancellationToken cancellationToken)
    {
        RequestChecks.CheckId(id);
        if (await Answered(() => store.ReadAsync(id, cancellationToken)) is not { Row: var row })
        {
            return null;
        }

        var checkpoint = Loading.Shown(row);
        return new ProcessCheckpoint
        {
            Position = checkpoint.GoesOnAt,
            Input = checkpoint.Input?.Utf8 ?? row.Input,
            Context = checkpoint.Context?.Utf8,
            Argument = checkpoint.Args?.Utf8,
            Outputs = row.Output ?? checkpoint.Outputs?.Utf8,
        };
    }

    /// <inheritdoc/>
    public Task<ProcessDescription?> DescribeAsync(string type)
    {
        RequestChecks.CheckType(type);
        return definitions.DescribeAsync(type);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> ListTypesAsync() => Task.FromResult(types.Names);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ProcessTypeSilos>> ListTypeSilosAsync() => Task.FromResult(definitions.List());

    /// <inheritdoc/>
    public Task<IReadOnlyList<ReportEntry>> ReadReportsAsync(
        ProcessId id, bool tree, ReportLevel minimum, long afterSequence, int limit, CancellationToken cancellationToken)
    {
        RequestChecks.CheckPage(id, minimum, afterSequence, limit);
        return Answered(() => store.ReadReportsAsync(id, tree, minimum, afterSequence, limit, cancellationToken));
    }

    /// <inheritdoc/>
    public async Task<SubscribeReply> GetOutcomeAsync(ProcessId id, CancellationToken cancellationToken)
    {
        RequestChecks.CheckId(id);
        var loaded = await Answered(() => store.ReadAsync(id, cancellationToken));
        return new SubscribeReply(loaded is not null, loaded is null ? null : EngineState.OutcomeOf(loaded.Row))
        {
            Incident = loaded?.Row.Incident is null || loaded.Row.State.IsTerminal() ? null : Loading.Shown(loaded.Row).Incident,
        };
    }

    /// <inheritdoc/>
    public Task<ProcessPage> ListAsync(ProcessQuery query, CancellationToken cancellationToken)
    {
        RequestChecks.Check(query);
        return Answered(() => store.ListAsync(query, cancellationToken));
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<HistoryEntry>> ReadHistoryAsync(ProcessId id, long afterVersion, int limit, CancellationToken cancellationToken)
    {
        RequestChecks.CheckPage(id, afterVersion, limit);

        // The row first: what is committed meanwhile is not missing.
        var row = (await Answered(() => store.ReadAsync(id, cancellationToken)))?.Row;
        var entries = await Answered(() => store.ReadHistoryAsync(id, afterVersion, limit, cancellationToken));
        entries = [.. entries.Select(Bounded)];
        return HistoryGaps.Tell(entries, afterVersion, row?.Version ?? 0, row?.UpdatedAt ?? default, limit);
    }

    /// <summary>
    /// A page must fit into one message. What is stored now is no longer than this; older versions stored whatever a
    /// step threw.
    /// </summary>
    private static HistoryEntry Bounded(HistoryEntry entry) =>
        entry.Events.Any(static e => e.Text?.Length > WorkflowLimits.MaxHistoryTextLength)
            ? entry with { Events = [.. entry.Events.Select(Bounded)] }
            : entry;

    private static HistoryEvent Bounded(HistoryEvent e) =>
        e.Text is null ? e : e with { Text = StorableText.Shorten(e.Text, WorkflowLimits.MaxHistoryTextLength) };

    /// <summary>In this silo, which has a place for it: another would have to have one too.</summary>
    private async Task<StartReply> StartHereAsync(long arrivedAt, ProcessId id, StartRequest request, IProcessObserver? observer)
    {
        var isReserved = shedding.Places.Reserve(id);
        try
        {
            return await places.StartAsync(others.Here, id, request, observer);
        }
        finally
        {
            shedding.Places.Answered(arrivedAt);
            if (isReserved)
            {
                shedding.Places.Forget(id);
            }
        }
    }

    private async Task<StartReply> StartElsewhereAsync(SiloAddress other, ProcessId id, StartRequest request, IProcessObserver? observer)
    {
        var reply = await places.StartAsync(other, id, request, observer);
        if (reply.Status == StartStatus.Overloaded)
        {
            others.Refused(other);
        }

        return reply;
    }

    /// <summary>A process that nobody can run, or that was run by a silo which is gone, waits for something that its own row does not tell.</summary>
    private string Explain(ProcessRow row, Checkpoint checkpoint, IReadOnlyList<InboxMessage> inbox)
    {
        var explanation = Explanation.Of(row, checkpoint, inbox);
        var isSent = inbox.Any(static message => message.Seen == MessageSeen.Unseen);
        if (inbox.FirstOrDefault(static message => message.Kind.IsKill()) is { } kill)
        {
            return row is { State: ProcessState.Running, Paused: false } && kill.Kind == MessageKind.Kill
                ? $"{explanation} {Explanation.OfUnanswered(kill, clock.Now, options.Value.GracePeriod + OverdueKill.Margin)}"
                : explanation;
        }

        if (row.State.IsTerminal() || (row.Paused && !isSent))
        {
            return explanation;
        }

        var reason = Loading.WhyNotRunnable(new EngineState { Row = row, Checkpoint = checkpoint }, registry);
        reason = reason is null || types.Find(row.Needs, checkpoint.Format) is not null ? null : reason;
        if (row.Owner is { } owner && Owners.StatusOf(membership, owner) != SiloStatus.Active)
        {
            return $"To be taken over: the silo {owner}, which ran the step '{checkpoint.Position}', is gone{(reason is null ? "" : $", and no live silo can run it: here {reason}")}.";
        }

        return reason is not null && (row.DueAt <= clock.Now || isSent || checkpoint.Foreign is not null)
            ? $"A silo that can run it, for no live one can: here {reason}."
            : explanation;
    }

    /// <summary>The status has to fit into a message, however many there are.</summary>
    private static IReadOnlyList<string> PendingOf(IReadOnlyList<InboxMessage> inbox)
    {
        var first = inbox.Take(WorkflowLimits.MaxPageSize)
            .Select(static message => message.Kind == MessageKind.Signal ? $"Signal {message.Name}" : $"{message.Kind}");
        return inbox.Count <= WorkflowLimits.MaxPageSize
            ? [.. first]
            : [.. first, string.Create(CultureInfo.InvariantCulture, $"and {inbox.Count - WorkflowLimits.MaxPageSize:N0} more")];
    }

    /// <summary>Names the session of the database that keeps a process from being written. Asked for only when it could move and has not for a second.</summary>
    private async Task<string> WithLockAsync(string explanation, ProcessRow row, IReadOnlyList<InboxMessage> inbox, CancellationToken cancellationToken)
    {
        var late = clock.Now - LockAge;
        var couldMove = row.State == ProcessState.Running || row.DueAt <= late || inbox.Any(message => message.Seen == MessageSeen.Unseen && message.SentAt <= late);
        return !row.State.IsTerminal() && couldMove && row.UpdatedAt <= late
            && await Answered(() => store.FindLockAsync(row.Id, cancellationToken)) is { } holder
            ? $"A lock in the database that is held by {holder}. Then: {explanation}"
            : explanation;
    }

    /// <summary>A child that no silo can run keeps its parent waiting for ever, and has nothing to show for it itself.</summary>
    private string ExplainChildren(ProcessRow row, Checkpoint checkpoint, IReadOnlyList<ProcessSummary> children) =>
        row is { State: ProcessState.Waiting, Paused: false } && checkpoint.Wait is WaitState.Children
        && types.Current is { IsComplete: true } view
        && children.FirstOrDefault(child => view.Able(new NeededType(child.Type, Version: 0), format: 0).Count == 0) is { } stuck
            ? $" The child {stuck.Id} waits for a silo that has its type '{stuck.Type}': none has."
            : "";

    /// <summary>The children of a process that have not ended.</summary>
    private async Task<IReadOnlyList<ProcessSummary>> LiveChildrenAsync(ProcessId parent, CancellationToken cancellationToken)
    {
        var query = new ProcessQuery { Parent = parent, States = [ProcessState.Created, ProcessState.Running, ProcessState.Waiting], PageSize = 100 };
        return (await Answered(() => store.ListAsync(query, cancellationToken))).Items;
    }

    /// <summary>A step that holds its activation's thread keeps it from carrying out a kill by force; then it is done from here.</summary>
    private async Task CarryOutAsync(InboxMessage kill, CancellationToken cancellationToken)
    {
        var began = TimeProvider.System.GetTimestamp();
        for (var delay = TimeSpan.FromMilliseconds(10); TimeProvider.System.GetElapsedTime(began) < Patience; delay *= 2)
        {
            await Task.Delay(delay, TimeProvider.System, cancellationToken);
            if (await Answered(() => store.ReadMessageAsync(kill.Receiver, kill.MessageId, cancellationToken)) is not MessageSeen.Unseen)
            {
                return;
            }
        }

        await overdueKill.CarryOutAsync(kill.Receiver, cancellationToken);
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
    /// <summary>An id names one call: a kill with the id of a pause that was stored is not that pause again.</summary>
    private static string StoredId(MessageKind kind, string id) =>
        kind == MessageKind.Signal ? $"s:{id}" : string.Create(CultureInfo.InvariantCulture, $"c{(int)kind}:{id}");
}
