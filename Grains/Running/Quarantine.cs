using Orleans.Workflows.Grains.Engine;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Grains.Running;

/// <summary>
/// Makes incidents of rows that cannot be worked with. Of the process, only the row says so, so that the store takes it
/// where it refuses all else.
/// </summary>
internal sealed class Quarantine(Decisions decisions, Commits commits)
{
    /// <summary>Makes an incident of a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="fault">What is wrong.</param>
    /// <param name="code">The kind of trouble.</param>
    /// <param name="givenUp">Whether its result is wanted no more; null to try once.</param>
    /// <param name="failure">The error; null for none.</param>
    /// <returns>Completes when it is committed, or refused too.</returns>
    public Task OpenAsync(
        ProcessRow row, string fault, IncidentCode code, Func<bool>? givenUp, FailureInfo? failure = null) =>
        CommitAsync(row, fault, code, givenUp, failure, []);

    /// <summary>Makes an incident of a row to which the store has refused what comes of a message.</summary>
    /// <param name="row">The row.</param>
    /// <param name="reason">What the store said.</param>
    /// <param name="causes">
    /// The messages that led there and can have no effect. Each look at one that stays would be another try, for ever.
    /// </param>
    /// <param name="givenUp">Whether its result is wanted no more; null to try once.</param>
    /// <returns>Completes when it is committed, or refused too.</returns>
    public async Task OpenAsync(
        ProcessRow row, string? reason, IReadOnlyList<InboxMessage> causes, Func<bool>? givenUp)
    {
        var fault = $"the store refuses its commits: {reason}";
        if (await CommitAsync(row, fault, IncidentCode.CommitRejected, givenUp, null, causes) == CommitStatus.Rejected)
        {
            await CommitAsync(row, fault, IncidentCode.CommitRejected, givenUp, null, []);
        }
    }

    private async Task<CommitStatus?> CommitAsync(
        ProcessRow row,
        string fault,
        IncidentCode code,
        Func<bool>? givenUp,
        FailureInfo? failure,
        IReadOnlyList<InboxMessage> refused)
    {
        var context = decisions.Context(definition: null, decisions.Now, row.CreatedAt);
        if (StoredState.Quarantine(row, fault, context, code, failure, refused) is not { } commit)
        {
            return null;
        }

        var before = new EngineState { Row = row, Checkpoint = StoredState.Shown(row) };
        var next = before with { Row = commit.Row, Checkpoint = StoredState.Shown(commit.Row) };
        var result = await commits.CommitAsync(before, new Decision(next, commit, []), definition: null, givenUp);
        return result.Status;
    }
}
