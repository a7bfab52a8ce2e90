using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Engine;
using Orleans.Workflows.Grains.Running;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Grains.Supervision;

/// <summary>
/// Kills a process whose activation does not: its step holds the thread, so that neither the kill nor the grace period
/// can be taken in. The same decision and the same compare-and-set as the grain's, without hooks; the step's late
/// commit is refused.
/// </summary>
internal sealed partial class OverdueKill(
    IProcessStore store,
    Decisions decisions,
    Commits commits,
    Quarantine quarantine,
    ActiveLanes lanes,
    ProcessPlaces places,
    ILogger<OverdueKill> logger)
{
    /// <summary>How long after its grace period a kill is overdue.</summary>
    public static readonly TimeSpan Margin = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long one kill is waited for. A lock on its row by a session of somebody else may last for any time.
    /// </summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<ProcessId, Task> _underWay = new();
    private readonly ILogger _logger = logger;

    /// <summary>Carries out the kill that is in the inbox, or the deadline that has passed.</summary>
    /// <returns>
    /// Completes when the process is killed, or something else has moved it, or after a second: the kill goes on then.
    /// </returns>
    public async Task CarryOutAsync(ProcessId id, CancellationToken cancellationToken)
    {
        // One process that cannot be killed must not keep the others from being supervised.
        if (!_underWay.ContainsKey(id))
        {
            var killing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_underWay.TryAdd(id, killing.Task))
            {
                KillSafelyAsync(id, killing, cancellationToken).Ignore();
                await killing
                    .Task.WaitAsync(Patience, TimeProvider.System, cancellationToken)
                    .ConfigureAwait(
                        ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
    }

    private async Task KillSafelyAsync(ProcessId id, TaskCompletionSource killing, CancellationToken cancellationToken)
    {
        try
        {
            await KillAsync(id, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogFailed(id, e);
        }
        finally
        {
            _underWay.TryRemove(id, out _);
            killing.SetResult();
        }
    }

    [LoggerMessage(
        400022,
        LogLevel.Error,
        "Process {ProcessId}: its overdue kill could not be carried out and is tried again."
    )]
    private partial void LogFailed(ProcessId processId, Exception exception);

    private async Task KillAsync(ProcessId id, CancellationToken cancellationToken)
    {
        if (await store.LoadAsync(id, cancellationToken) is not { } loaded)
        {
            return;
        }

        var state = StoredState.Read(loaded, out var fault);
        var definition = decisions.Find(state.Row.Type);
        var context = decisions.Context(definition, decisions.Now, state.Row.CreatedAt);
        var doomed = loaded.Inbox.Any(static message => message.Kind.IsKill())
            || state.Checkpoint.Deadline <= context.Surely;
        if (fault is not null || !doomed || state.Row.State.IsTerminal())
        {
            return;
        }

        var decision = ProcessEngine.Decide(state, [], context);
        if (decision is not { Next.Row.State: ProcessState.Killed, Commit: not null })
        {
            return;
        }

        var result = await commits.CommitAsync(state, decision, definition);
        if (result.Status == CommitStatus.Rejected)
        {
            // Not even alone: it would be overdue again with each pass.
            var kills = loaded.Inbox.Where(static message => message.Kind.IsKill());
            await quarantine.OpenAsync(state.Row, result.Reason, [.. kills], givenUp: null);
        }
        else if (result.Status == CommitStatus.Done)
        {
            // The step may run in another silo: its activation finds out by the poke or, when the step holds its
            // thread, its silo by the sweep.
            lanes.Cancel(id, StopReason.Kill);
            places.Poke(id);
        }
    }
}
