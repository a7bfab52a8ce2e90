using System.Globalization;
using Microsoft.Extensions.Options;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Clock;
using Orleans.Workflows.Grains.Definitions;
using Orleans.Workflows.Grains.Engine;
using Orleans.Workflows.Grains.Running;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Grains.Supervision;

namespace Orleans.Workflows.Grains.Gateway;

/// <summary>
/// Says how a process stands and what it waits for, from what is stored and what is known of the silos.
/// </summary>
internal sealed class StatusReads(
    IProcessStore store,
    EngineClock clock,
    DefinitionRegistry registry,
    ClusterTypes types,
    IClusterMembershipService membership,
    IOptions<WorkflowOptions> options)
{
    /// <summary>How long a process has not moved when it is asked whether its row is locked.</summary>
    private static readonly TimeSpan LockAge = TimeSpan.FromSeconds(1);

    /// <summary>Reads how a process stands.</summary>
    /// <returns>Its status; null when there is no such process.</returns>
    public async Task<ProcessStatus?> ReadAsync(ProcessId id, CancellationToken cancellationToken)
    {
        if (await store.ReadAsync(id, cancellationToken) is not { } loaded)
        {
            return null;
        }

        var (row, inbox) = loaded;
        var checkpoint = StoredState.Shown(row);
        var children = checkpoint.HasChildren ? await LiveChildrenAsync(id, cancellationToken) : [];
        return new ProcessStatus
        {
            Summary = row.Summarize(),
            WaitingFor = await WithLockAsync(
                Explain(row, checkpoint, inbox) + ExplainChildren(row, checkpoint, children),
                row,
                inbox,
                cancellationToken),
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

    /// <summary>
    /// A process that nobody can run, or that was run by a silo which is gone, waits for something that its own row
    /// does not tell.
    /// </summary>
    private string Explain(ProcessRow row, Checkpoint checkpoint, IReadOnlyList<InboxMessage> inbox)
    {
        var explanation = Explanation.Of(row, checkpoint, inbox);
        var isSent = inbox.Any(static message => message.Seen == MessageSeen.Unseen);
        if (inbox.FirstOrDefault(static message => message.Kind.IsKill()) is { } kill)
        {
            return row is { State: ProcessState.Running, Paused: false } && kill.Kind == MessageKind.Kill
                ? $"{explanation} "
                    + $"{Explanation.OfUnanswered(kill, clock.Now, options.Value.GracePeriod + OverdueKill.Margin)}"
                : explanation;
        }

        if (row.State.IsTerminal() || (row.Paused && !isSent))
        {
            return explanation;
        }

        var reason = Runnability.WhyNot(new EngineState { Row = row, Checkpoint = checkpoint }, registry);
        reason = reason is null || types.Find(row.Needs, checkpoint.Format) is not null ? null : reason;
        if (row.Owner is { } owner && Members.StatusOf(membership, owner) != SiloStatus.Active)
        {
            return $"To be taken over: the silo {owner}, which ran the step '{checkpoint.Position}', is "
                + $"gone{(reason is null ? "" : $", and no live silo can run it: here {reason}")}.";
        }

        return reason is not null && (row.DueAt <= clock.Now || isSent || checkpoint.Foreign is not null)
            ? $"A silo that can run it, for no live one can: here {reason}."
            : explanation;
    }

    /// <summary>The status has to fit into a message, however many there are.</summary>
    private static IReadOnlyList<string> PendingOf(IReadOnlyList<InboxMessage> inbox)
    {
        var first = inbox
            .Take(WorkflowLimits.MaxPageSize)
            .Select(static message =>
                message.Kind == MessageKind.Signal ? $"Signal {message.Name}"
                : message.Kind.IsKnown() ? $"{message.Kind}"
                : $"Kind {(int)message.Kind}");
        return inbox.Count <= WorkflowLimits.MaxPageSize
            ? [.. first]
            :
            [
                .. first,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"and {inbox.Count - WorkflowLimits.MaxPageSize:N0} more"),
            ];
    }

    /// <summary>
    /// Names the session of the database that keeps a process from being written. Asked for only when it could move and
    /// has not for a second.
    /// </summary>
    private async Task<string> WithLockAsync(
        string explanation,
        ProcessRow row,
        IReadOnlyList<InboxMessage> inbox,
        CancellationToken cancellationToken)
    {
        var late = clock.Now - LockAge;
        var couldMove =
            row.State == ProcessState.Running
            || row.DueAt <= late
            || inbox.Any(message => message.Seen == MessageSeen.Unseen && message.SentAt <= late);
        return
            !row.State.IsTerminal()
            && couldMove
            && row.UpdatedAt <= late
            && await store.FindLockAsync(row.Id, cancellationToken) is { } holder
            ? $"A lock in the database that is held by {holder}. Then: {explanation}"
            : explanation;
    }

    /// <summary>
    /// A child that no silo can run keeps its parent waiting for ever, and has nothing to show for it itself.
    /// </summary>
    private string ExplainChildren(ProcessRow row, Checkpoint checkpoint, IReadOnlyList<ProcessSummary> children) =>
        row is { State: ProcessState.Waiting, Paused: false } && checkpoint.Wait is WaitState.Children
        && types.Current is { IsComplete: true } view
        && children.FirstOrDefault(child => view.Able(new NeededType(child.Type, Version: 0), format: 0).Count == 0)
            is { } stuck
            ? $" The child {stuck.Id} waits for a silo that has its type '{stuck.Type}': none has."
            : "";

    /// <summary>The children of a process that have not ended.</summary>
    private async Task<IReadOnlyList<ProcessSummary>> LiveChildrenAsync(
        ProcessId parent,
        CancellationToken cancellationToken)
    {
        var query = new ProcessQuery
        {
            Parent = parent,
            States = [ProcessState.Created, ProcessState.Running, ProcessState.Waiting],
            PageSize = 100,
        };
        return (await store.ListAsync(query, cancellationToken)).Items;
    }
}
