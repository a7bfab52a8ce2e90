using Npgsql;
using Orleans.Workflows.Storage.GroupCommit;

namespace Orleans.Workflows.Storage.Postgres;

/// <summary>A writer's connection: one round trip and one transaction per batch.</summary>
/// <param name="connection">The connection, open; the session closes it.</param>
/// <param name="budgets">Knows which inboxes need not be measured.</param>
internal sealed class PostgresWriteSession(NpgsqlConnection connection, InboxBudgets budgets) : WriteSession
{
    private const string ProbeSql =
        "INSERT INTO probe (number, at) VALUES (1, $1) ON CONFLICT (number) DO UPDATE SET at = excluded.at";

    private const string PurgeSql =
        """
        WITH roots AS MATERIALIZED (
            SELECT r.id FROM process AS r
            WHERE r.parent IS NULL AND r.finished_at IS NOT NULL AND r.finished_at < $1 AND r.state >= 3
                AND NOT EXISTS (
                SELECT FROM process AS m
                WHERE m.root = r.id AND m.parent IS NOT NULL
                    AND (m.state < 3 OR m.finished_at IS NULL OR m.finished_at >= $1))
            ORDER BY r.finished_at, r.id LIMIT $2 FOR UPDATE SKIP LOCKED),
        members AS (
            DELETE FROM process AS p WHERE p.id IN (
                SELECT id FROM roots UNION ALL SELECT m.id FROM process AS m
                JOIN roots AS r ON m.root = r.id AND m.parent IS NOT NULL)
            RETURNING p.number, p.id),
        said AS (DELETE FROM report AS r USING members AS m WHERE r.number = m.number),
        told AS (DELETE FROM history AS h USING members AS m WHERE h.number = m.number),
        got AS (DELETE FROM inbox AS i USING members AS m WHERE i.process_id = m.id)
        SELECT count(*)::integer FROM members
        """;

    private static readonly TimeSpan PurgeTimeout = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    public override async Task ExecuteAsync(IReadOnlyList<WriteItem> items, CancellationToken cancellationToken)
    {
        OutcomeUnknown = false;
        var round = new WriteRound(connection, GivesUpSoon);
        try
        {
            switch (items)
            {
                case [PurgeItem purge]:
                    round.Add(Statement.Of(PurgeSql).With(purge.FinishedBefore.ToColumn()).With(purge.Limit), r =>
                        purge.Decide(r.GetInt32(0)));

                    // A tree can have any number of members.
                    await round.ExecuteAsync(PurgeTimeout, cancellationToken);
                    break;
                case [PingItem ping]:
                    round.Add(Statement.Of(ProbeSql).With(ping.At.ToColumn()));
                    await round.ExecuteAsync(timeout: null, cancellationToken);
                    ping.Decide(true);
                    break;
                default:
                    await new BatchWrites(items, budgets).ExecuteAsync(round, cancellationToken);
                    break;
            }
        }
        catch (Exception e)
        {
            IsBroken = connection.FullState != System.Data.ConnectionState.Open;
            OutcomeUnknown = round.MayBeDurable && (round.IsDurable || PostgresErrors.LeaveDoubt(e, isOpen: !IsBroken));
            throw;
        }
    }

    /// <inheritdoc/>
    public override async Task<ForeignLocks> FindLocksAsync(
        IReadOnlyList<WriteItem> items,
        CancellationToken cancellationToken)
    {
        var question = new LockQuestion(items);
        var round = new WriteRound(connection, givesUpSoon: true);
        question.Ask(round);
        try
        {
            await round.ExecuteAsync(timeout: null, cancellationToken);
        }
        catch (PostgresException e) when (PostgresErrors.Classify(e) is WriteFault.Locked)
        {
            // The tables come first among the answers, and this is what a locked one does.
        }
        catch
        {
            IsBroken = connection.FullState != System.Data.ConnectionState.Open;
            throw;
        }

        return question.Answer;
    }

    /// <inheritdoc/>
    public override async Task<bool> TakesTheLikeAsync(Touched touches, CancellationToken cancellationToken)
    {
        var round = new WriteRound(connection, givesUpSoon: true);
        LikeWrites.AddTo(round, touches);
        try
        {
            await round.ExecuteIfAsync(static () => false, cancellationToken);
            return true;
        }
        catch
        {
            IsBroken = connection.FullState != System.Data.ConnectionState.Open;
            throw;
        }
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => connection.DisposeAsync();
}
