using Orleans.Workflows.Grains.Clock;
using Orleans.Workflows.Grains.Definitions;
using Orleans.Workflows.Grains.Engine;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Grains.Telemetry;
using Orleans.Workflows.Linked;

namespace Orleans.Workflows.Grains.Running;

/// <summary>
/// The one way from a decision to what follows from it: commit, count, say, adopt, poke, tell. Everything behind the
/// commit may be lost by a silo that dies here, and comes again from what is stored.
/// </summary>
internal sealed class Commits(
    IProcessStore store,
    EngineClock clock,
    WorkflowInstruments instruments,
    ProcessLog log,
    StoreOutage outage,
    FailureCounts failures,
    ProcessPlaces places,
    TransitionObservers observers)
{
    private static readonly TimeSpan ShortestRetryDelay = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestRetryDelay = TimeSpan.FromSeconds(5);

    /// <summary>Commits a decision, and does what follows from it.</summary>
    /// <param name="before">The process as it was committed last; null for a new one.</param>
    /// <param name="decision">The decision, which has a commit.</param>
    /// <param name="definition">The process's definition; null when this silo does not have it.</param>
    /// <param name="givenUp">
    /// Whether its result is wanted no more. While it is, the commit is tried again as long as the store is away: the
    /// state of a live process is not dropped for that. Null to try once.
    /// </param>
    /// <param name="adopt">
    /// Takes over into memory what is durable now, and acts on it: what was committed, and whether that opened an
    /// incident.
    /// </param>
    /// <returns>
    /// What became of it: Unavailable when its result is wanted no more, or it was tried once.
    /// </returns>
    public async Task<CommitResult> CommitAsync(
        EngineState? before,
        Decision decision,
        ProcessDefinition? definition,
        Func<bool>? givenUp = null,
        Action<Decision, bool>? adopt = null)
    {
        // Fence (decision 2): the row takes a commit only behind the version and the operation that the decision was
        // made on. Of two activations of one process, the second one's commit is a conflict, and it gives way.
        var commit = decision.Commit!;
        var result = await TryAsync(commit, givenUp);
        if (
            result.Status == CommitStatus.Rejected
            && before is not null
            && decision.Next.Row.State == ProcessState.Killed)
        {
            // Nothing makes a process immortal: what the store refuses of a kill is left out.
            log.Refused(before.Row.Id, result);
            (commit, result) = await LoneKill.CommitAsync(store, places, before.Row, commit, result.Reason, alone =>
                TryAsync(alone, givenUp));
            decision = decision with { Commit = commit, Next = decision.Next with { Row = commit.Row } };
        }

        if (result.Status != CommitStatus.Done)
        {
            if (result.Status == CommitStatus.Unavailable)
            {
                outage.Refused(result.Reason);
            }

            return result;
        }

        outage.Worked();
        failures.Forget(commit.Row.Id);
        instruments.Committed(before?.Row, commit.Row, clock.Now);
        var hasIncident = log.Committed(before, commit, decision.Next);

        // Save, then act: a step that began before this commit would leave no trace when the silo dies, and would run
        // as if for the first time.
        adopt?.Invoke(decision, hasIncident);

        // A poke that is lost costs time, not the message: supervisors find what is due or unseen.
        PokeReceivers(commit, result);
        observers.Tell(definition, decision);
        return result;
    }

    /// <summary>
    /// Commits once, or until the store says what became of it. An answer that was lost is no answer: the store is
    /// asked again with the same operation, which it knows if it was stored (decision 2).
    /// </summary>
    private async Task<CommitResult> TryAsync(ProcessCommit commit, Func<bool>? givenUp)
    {
        for (var delay = ShortestRetryDelay; ; delay = BackOff.After(delay, LongestRetryDelay))
        {
            var began = instruments.Begin();
            var result = await store.CommitAsync(commit, CancellationToken.None);
            instruments.CommitEnded(began, result.Status);
            if (result.Status != CommitStatus.Unavailable || givenUp?.Invoke() != false)
            {
                return result;
            }

            outage.Refused(result.Reason);
            await Task.Delay(delay, TimeProvider.System);
        }
    }

    private void PokeReceivers(ProcessCommit commit, CommitResult result)
    {
        if (commit is { Children.Count: 0, Messages.Count: 0 } && result.Told.Count == 0)
        {
            return;
        }

        foreach (var child in commit.Children.Where(static child => child.DueAt is not null))
        {
            places.Poke(child.Id, child.Needs);
        }

        foreach (var id in commit.Messages.Select(static message => message.Receiver).Concat(result.Told))
        {
            places.Poke(id);
        }
    }
}
