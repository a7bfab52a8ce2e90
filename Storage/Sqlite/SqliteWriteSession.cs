using Microsoft.Data.Sqlite;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Storage.GroupCommit;

namespace Orleans.Workflows.Storage.Sqlite;

/// <summary>The writer's connection: one transaction per batch, one savepoint per item.</summary>
internal sealed class SqliteWriteSession : WriteSession
{
    private readonly SqliteConnection _connection;
    private readonly RowStatements _rows;
    private readonly InboxStatements _inbox;
    private readonly ReportStatements _reports;
    private readonly PurgeStatements _purge;
    private readonly Statement _begin;
    private readonly Statement _commit;
    private readonly Statement _rollback;
    private readonly Statement _save;
    private readonly Statement _keep;
    private readonly Statement _undo;

    /// <summary>Prepares the statements.</summary>
    /// <param name="connection">The connection, open; the session closes it.</param>
    public SqliteWriteSession(SqliteConnection connection)
    {
        _connection = connection;
        _rows = new RowStatements(connection);
        _inbox = new InboxStatements(connection);
        _reports = new ReportStatements(connection);
        _purge = new PurgeStatements(connection);
        _begin = new Statement(connection, "BEGIN IMMEDIATE");
        _commit = new Statement(connection, "COMMIT");
        _rollback = new Statement(connection, "ROLLBACK");
        _save = new Statement(connection, "SAVEPOINT item");
        _keep = new Statement(connection, "RELEASE item");
        _undo = new Statement(connection, "ROLLBACK TO item");
    }

    /// <inheritdoc/>
    public override Task ExecuteAsync(IReadOnlyList<WriteItem> items, CancellationToken cancellationToken)
    {
        OutcomeUnknown = false;
        try
        {
            _begin.Execute();
            foreach (var item in items)
            {
                Execute(item);
            }

            Commit();
            return Task.CompletedTask;
        }
        catch (Exception e)
        {
            RollBack();
            return Task.FromException(e);
        }
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync()
    {
        foreach (
            var part in (IDisposable[])
                [_rows, _inbox, _reports, _purge, _begin, _commit, _rollback, _save, _keep, _undo, _connection])
        {
            part.Dispose();
        }

        return ValueTask.CompletedTask;
    }

    private void Execute(WriteItem item)
    {
        _save.Execute();
        try
        {
            if (!Write(item))
            {
                _undo.Execute();
            }
        }
        catch (SqliteException e) when (SqliteErrors.Classify(e) is WriteFault.Refused)
        {
            _undo.Execute();
            item.Refuse(e.Message);
        }

        _keep.Execute();
    }

    private bool Write(WriteItem item)
    {
        switch (item)
        {
            case CommitItem commit:
                var result = Write(commit.Commit);
                commit.Decide(result);
                return result.Status is CommitStatus.Done;
            case SendItem send:
                send.Decide(_inbox.Send(send.Message));
                return true;
            case PurgeItem purge:
                purge.Decide(_purge.Purge(purge.FinishedBefore, purge.Limit));
                return true;
            case PingItem ping:
                _purge.Probe(ping.At);
                ping.Decide(true);
                return true;
            default:
                throw new NotSupportedException($"SQLite cannot write {item}.");
        }
    }

    private CommitResult Write(ProcessCommit commit)
    {
        var head =
            commit.ExpectedVersion == 0 && _rows.Insert(commit.Row, commit.OperationId, commit.History)
                ? null
                : _rows.Find(commit.Row.Id);
        if (head?.LastOperation == commit.OperationId)
        {
            // An earlier try of this very commit was carried out, and its answer was lost.
            return CommitResult.Done;
        }

        if (commit.ExpectedVersion == 0)
        {
            return head is null ? WriteRest(commit) : CommitResult.Failed(CommitStatus.AlreadyExists);
        }

        // Fence (decision 2): who commits second, on what is not the last commit any more, changes nothing.
        if (
            head?.Version != commit.ExpectedVersion
            || head.LastOperation != commit.ExpectedOperation
            || head.RunId != commit.Row.RunId)
        {
            return CommitResult.Failed(CommitStatus.Conflict);
        }

        _rows.Update(head, commit);
        return WriteRest(commit);
    }

    private CommitResult WriteRest(ProcessCommit commit)
    {
        foreach (var child in commit.Children)
        {
            if (
                !_rows.Insert(child, commit.OperationId, FirstHistory.Of(child))
                && _rows.Find(child.Id)?.StartRequestId != child.StartRequestId)
            {
                return CommitResult.Failed(CommitStatus.ChildExists) with { Child = child.Id };
            }
        }

        var id = commit.Row.Id;
        _reports.Insert(id, commit.Reports);
        foreach (var mark in commit.Marks)
        {
            _inbox.Mark(id, mark);
        }

        if (commit.CloseInbox)
        {
            _inbox.Close(id);
        }

        foreach (var message in commit.Messages)
        {
            _inbox.Insert(message);
        }

        return commit.ToChildren.Count > 0
            ? CommitResult.Done with
            {
                Told = [.. commit.ToChildren.SelectMany(message => _inbox.ToChildren(id, message)).Distinct()],
            }
            : CommitResult.Done;
    }

    private void Commit()
    {
        try
        {
            _commit.Execute();
        }
        catch (SqliteException e) when (SqliteErrors.IsInputOutput(e))
        {
            // The commit's frame may be in the file although its sync failed; every other error of a commit leaves
            // nothing behind.
            OutcomeUnknown = true;
            throw;
        }
    }

    private void RollBack()
    {
        try
        {
            // SQLite ends the transaction itself after some errors; then there is nothing to roll back.
            if (SQLitePCL.raw.sqlite3_get_autocommit(_connection.Handle) == 0)
            {
                _rollback.Execute();
            }
        }
        catch (Exception e) when (e is SqliteException or InvalidOperationException or ObjectDisposedException)
        {
            IsBroken = true;
        }
    }
}
