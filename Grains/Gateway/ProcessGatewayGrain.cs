using Orleans.Concurrency;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Definitions;
using Orleans.Workflows.Grains.Engine;
using Orleans.Workflows.Grains.Running;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Grains.Gateway;

/// <summary>
/// Answers from the store alone, starts aside, so that a step which holds its activation's thread delays nobody.
/// </summary>
/// <remarks>
/// Kept alive: while a machine's clock is behind where it was, Orleans cannot activate what it would collect when idle
/// (decision 19).
/// </remarks>
[StatelessWorker, Reentrant, KeepAlive, GrainType("owf.gateway")]
internal sealed class ProcessGatewayGrain(
    IProcessStore store,
    ClusterTypes types,
    ClusterDefinitions definitions,
    GatewayStarts starts,
    GatewayMessages messages,
    StatusReads status) : Grain, IProcessGatewayGrain
{
    /// <inheritdoc/>
    public Task<StartReply> StartAsync(ProcessId id, StartRequest request, IProcessObserver? observer)
    {
        RequestChecks.Check(id, request);
        return starts.StartAsync(id, request, observer);
    }

    /// <inheritdoc/>
    public Task<MessageReply> SendAsync(MessageRequest request, CancellationToken cancellationToken)
    {
        RequestChecks.Check(request);
        ControlChecks.CheckPayload(request);
        return Answered(() => messages.SendAsync(request, cancellationToken));
    }

    /// <inheritdoc/>
    public Task<MessageEffectReply> GetEffectAsync(
        ProcessId receiver,
        MessageKind kind,
        string messageId,
        CancellationToken cancellationToken)
    {
        RequestChecks.CheckMessage(receiver, kind, messageId);
        return Answered(() => messages.GetEffectAsync(receiver, kind, messageId, cancellationToken));
    }

    /// <inheritdoc/>
    public Task<ProcessStatus?> GetStatusAsync(ProcessId id, CancellationToken cancellationToken)
    {
        RequestChecks.CheckId(id);
        return Answered(() => status.ReadAsync(id, cancellationToken));
    }

    /// <inheritdoc/>
    public async Task<ProcessCheckpoint?> GetCheckpointAsync(ProcessId id, CancellationToken cancellationToken)
    {
        RequestChecks.CheckId(id);
        if (await Answered(() => store.ReadRowAsync(id, cancellationToken)) is not { } row)
        {
            return null;
        }

        var checkpoint = StoredState.Shown(row);
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
        ProcessId id,
        bool tree,
        ReportLevel minimum,
        long afterSequence,
        int limit,
        CancellationToken cancellationToken)
    {
        RequestChecks.CheckPage(id, minimum, afterSequence, limit);
        return Answered(() => store.ReadReportsAsync(id, tree, minimum, afterSequence, limit, cancellationToken));
    }

    /// <inheritdoc/>
    public async Task<SubscribeReply> GetOutcomeAsync(ProcessId id, CancellationToken cancellationToken)
    {
        RequestChecks.CheckId(id);
        var row = await Answered(() => store.ReadRowAsync(id, cancellationToken));
        return new SubscribeReply(row is not null, row is null ? null : EngineState.OutcomeOf(row))
        {
            Incident = row?.Incident is null || row.State.IsTerminal() ? null : StoredState.Shown(row).Incident,
        };
    }

    /// <inheritdoc/>
    public Task<ProcessPage> ListAsync(ProcessQuery query, CancellationToken cancellationToken)
    {
        RequestChecks.Check(query);
        return Answered(() => store.ListAsync(query, cancellationToken));
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<HistoryEntry>> ReadHistoryAsync(
        ProcessId id,
        long afterVersion,
        int limit,
        CancellationToken cancellationToken)
    {
        RequestChecks.CheckPage(id, afterVersion, limit);

        // The row first: what is committed meanwhile is not missing.
        var row = await Answered(() => store.ReadRowAsync(id, cancellationToken));
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
}
