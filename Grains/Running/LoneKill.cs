using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Grains.Running;

/// <summary>
/// Commits a kill alone where the store refuses it with what it carries along. What was left out is told apart, one
/// message at a time, as far as the store takes it, and the history says that it was left out: nothing makes a process
/// immortal, and nothing is lost in silence.
/// </summary>
internal static class LoneKill
{
    private const int PageSize = 1_000;

    /// <summary>Commits a kill that was refused, with less and less.</summary>
    /// <param name="store">The store.</param>
    /// <param name="places">Pokes those who are told apart.</param>
    /// <param name="before">The row as it was committed last.</param>
    /// <param name="refused">The kill.</param>
    /// <param name="reason">What the store said.</param>
    /// <param name="commit">Commits.</param>
    /// <returns>What was committed or refused last, and what became of it.</returns>
    public static async Task<(ProcessCommit Commit, CommitResult Result)> CommitAsync(
        IProcessStore store,
        ProcessPlaces places,
        ProcessRow before,
        ProcessCommit refused,
        string? reason,
        Func<ProcessCommit, Task<CommitResult>> commit)
    {
        var alone = Alone(refused, reason);
        var result = await commit(alone);
        if (result.Status == CommitStatus.Rejected)
        {
            alone = Bare(before, alone);
            result = await commit(alone);
        }

        if (result.Status == CommitStatus.Done)
        {
            await TellAsync(store, places, refused);
        }

        return (alone, result);
    }

    /// <summary>The kill without what goes to others and what the process reports.</summary>
    private static ProcessCommit Alone(ProcessCommit refused, string? reason)
    {
        string[] parts =
        [
            .. refused.Messages.Select(static message => $"{message.Kind} for {message.Receiver}"),
            .. refused.ToChildren.Select(static message => $"{message.Kind} for the children that live"),
            .. refused.Reports.Count > 0 ? [$"{refused.Reports.Count} reported lines"] : Array.Empty<string>(),
        ];
        var left = parts.Length == 0 ? "nothing but what the process keeps of itself" : string.Join(", ", parts);
        return Renamed(refused) with
        {
            History =
            [
                .. refused.History,
                new HistoryEvent(
                    HistoryKind.MessageRefused,
                    $"not with the kill, since the store refuses it ({reason}): {left}; messages are sent apart"),
            ],
            Messages = [],
            ToChildren = [],
            Children = [],
            Reports = [],
        };
    }

    /// <summary>The kill with nothing but its state: what else the row has stays as it was stored.</summary>
    private static ProcessCommit Bare(ProcessRow before, ProcessCommit alone)
    {
        var bare = Renamed(alone);
        var row = bare.Row;
        return bare with
        {
            Row = before with
            {
                LastOperation = row.LastOperation,
                State = row.State,
                Paused = false,
                Incident = null,
                Owner = null,
                DueAt = null,
                ExitCode = row.ExitCode,
                FinishedAt = row.FinishedAt,
                UpdatedAt = row.UpdatedAt,
                Version = row.Version,
            },
            History = [new HistoryEvent(HistoryKind.Killed, $"exit code {row.ExitCode}"), alone.History[^1]],
        };
    }

    /// <summary>The commit as another operation: what was refused is not to be taken for it.</summary>
    private static ProcessCommit Renamed(ProcessCommit commit)
    {
        var operation = Decisions.NewOperation();
        return commit with { OperationId = operation, Row = commit.Row with { LastOperation = operation } };
    }

    private static async Task TellAsync(IProcessStore store, ProcessPlaces places, ProcessCommit refused)
    {
        foreach (var message in refused.Messages)
        {
            await TellAsync(store, places, message);
        }

        var query = new ProcessQuery
        {
            Parent = refused.Row.Id,
            States = [ProcessState.Created, ProcessState.Running, ProcessState.Waiting],
            PageSize = PageSize,
        };
        while (refused.ToChildren.Count > 0)
        {
            var page = await store.ListAsync(query, CancellationToken.None);
            foreach (var child in page.Items)
            {
                foreach (var message in refused.ToChildren)
                {
                    await TellAsync(store, places, message with { Receiver = child.Id });
                }
            }

            if (page.Next is null)
            {
                return;
            }

            query = query with { Continue = page.Next };
        }
    }

    private static async Task TellAsync(IProcessStore store, ProcessPlaces places, InboxMessage message)
    {
        try
        {
            await store.SendAsync(message, CancellationToken.None);
            places.Poke(message.Receiver);
        }
        catch (Exception e) when (e is WorkflowException or ArgumentException)
        {
            // The one that the store refuses, or a store that is away: the kill stands, the others are told, and its
            // history has said it.
        }
    }
}
