using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Storage.GroupCommit;

namespace Orleans.Workflows.Storage.Postgres;

/// <summary>
/// Writes commits and messages of many processes. A row's update or insert decides about its whole commit: what else
/// belongs to the commit is written where the row's last operation is the commit's, so the same batch can be executed
/// again after a lost reply.
/// </summary>
/// <param name="items">The items, by rising id.</param>
/// <param name="budgets">Knows which inboxes need not be measured.</param>
internal sealed class BatchWrites(IReadOnlyList<WriteItem> items, InboxBudgets budgets)
{
    private readonly List<SendItem> _sends = [.. items.OfType<SendItem>()];
    private readonly HashSet<string> _done = [];
    private readonly HashSet<(string, string)> _inserted = [];
    private readonly HashSet<string> _full = [];
    private readonly List<(string Parent, ProcessId Child)> _taken = [];
    private readonly ILookup<bool, CommitItem> _all = items
        .OfType<CommitItem>()
        .ToLookup(static c => c.Commit.ExpectedVersion == 0);
    private readonly Dictionary<string, List<ProcessId>> _told = [];
    private bool _again;
    private List<CommitItem> _inserts = [];
    private List<CommitItem> _updates = [];

    /// <summary>Writes, and decides what each caller is told.</summary>
    /// <returns>Completes when everything that was written is durable.</returns>
    public async Task ExecuteAsync(WriteRound round, CancellationToken cancellationToken)
    {
        (_inserts, _updates) = ([.. _all[true]], [.. _all[false]]);
        while (!await TryAsync(round, cancellationToken))
        {
            foreach (var (parent, child) in _taken.DistinctBy(static t => t.Parent))
            {
                var item = _inserts.Concat(_updates).First(c => c.Id.Value == parent);
                item.Decide(CommitResult.Failed(CommitStatus.ChildExists) with { Child = child });
                _inserts.Remove(item);
                _updates.Remove(item);
            }
        }

        await JudgeAsync(round, cancellationToken);
    }

    private async Task<bool> TryAsync(WriteRound round, CancellationToken cancellationToken)
    {
        _done.Clear();
        _inserted.Clear();
        _full.Clear();
        _taken.Clear();
        _told.Clear();
        _again = false;
        foreach (var item in _sends)
        {
            item.Decide(new SendResult { Status = MessageStatus.NotFound });
        }

        AddRows(round);
        var commits = _inserts.Concat(_updates).Select(static c => c.Commit).ToList();
        var children = commits.SelectMany(static c => c.Children, static (c, child) => (child, c)).ToList();
        if (children.Count > 0)
        {
            round.Add(RowWrites.InsertChildren(children));
            round.Add(RowWrites.TakenChildren(children), r =>
                AddTaken(r.GetString(0), r.Id(1), isThere: r.GetBoolean(2)));
            round.Add(
                RowWrites.FirstHistory([
                    .. children.Select(static c => (c.child.Id, c.c.OperationId, FirstHistory.Of(c.child))),
                ]));
        }

        if (commits.FindAll(static c => c.Reports.Count > 0) is { Count: > 0 } reporting)
        {
            round.Add(ReportWrites.Insert(reporting));
        }

        AddMessages(round, commits);
        AddSends(round);
        if (children.Count > 0)
        {
            return await round.ExecuteIfAsync(() => _taken.Count == 0 && !_again, cancellationToken);
        }

        await round.ExecuteAsync(timeout: null, cancellationToken);
        return true;
    }

    private void AddTaken(string parent, ProcessId child, bool isThere)
    {
        // One that had the id when the child was to be inserted, and was purged since: the id is free now.
        _again |= !isThere;
        if (isThere)
        {
            _taken.Add((parent, child));
        }
    }

    private void AddRows(WriteRound round)
    {
        if (_inserts.Count > 0)
        {
            var commits = _inserts.ConvertAll(static c => c.Commit);
            round.Add(RowWrites.Insert(commits), r => _done.Add(r.GetString(0)));
            round.Add(RowWrites.FirstHistory([.. commits.Select(static c => (c.Row.Id, c.OperationId, c.History))]));
        }

        if (_updates.Count > 0)
        {
            round.Add(RowWrites.Update(_updates.ConvertAll(static c => c.Commit)), r => _done.Add(r.GetString(0)));
        }
    }

    private void AddMessages(WriteRound round, List<ProcessCommit> commits)
    {
        if (commits.SelectMany(static c => c.Marks, static (c, mark) => (mark, c)).ToList() is { Count: > 0 } marks)
        {
            round.Add(InboxWrites.Mark(marks));
        }

        if (commits.FindAll(static c => c.CloseInbox) is { Count: > 0 } closing)
        {
            round.Add(InboxWrites.Close(closing));
        }

        if (
            commits.SelectMany(static c => c.Messages, static (c, message) => (message, c)).ToList() is
            { Count: > 0 } messages)
        {
            round.Add(InboxWrites.PassOn(messages));
        }

        if (
            commits.SelectMany(static c => c.ToChildren, static (c, message) => (message, c)).ToList() is
            { Count: > 0 } toChildren)
        {
            round.Add(InboxWrites.ToChildren(toChildren), r =>
            {
                var parent = r.GetString(0);
                if (!_told.TryGetValue(parent, out var children))
                {
                    _told.Add(parent, children = []);
                }

                children.Add(r.Id(1));
            });
        }
    }

    private void AddSends(WriteRound round)
    {
        if (_sends.Count == 0)
        {
            return;
        }

        var messages = _sends.ConvertAll(static s => s.Message);
        var byReceiver = _sends.ToDictionary(static s => s.Id.Value);
        round.Add(InboxWrites.Send(messages, budgets), r =>
        {
            switch (r.GetInt64(2))
            {
                case InboxWrites.Stored:
                    _inserted.Add((r.GetString(0), r.GetString(1)));
                    break;
                case InboxWrites.Full:
                    _full.Add(r.GetString(0));
                    break;
                case var counted:
                    budgets.Measured(byReceiver[r.GetString(0)].Message, counted);
                    break;
            }
        });
        round.Add(InboxWrites.Sent(messages), r =>
        {
            var item = byReceiver[r.GetString(0)];
            var (state, isThere) = ((ProcessState)r.GetInt16(1), r.GetBoolean(3));
            item.Decide(new SendResult
            {
                Status = _inserted.Contains((item.Id.Value, item.Message.MessageId)) ? MessageStatus.Stored
                    : isThere ? item.Message.StatusBeside(r.IsDBNull(5) ? null : r.GetString(5))
                    : state.IsTerminal() ? MessageStatus.Terminal
                    : _full.Contains(item.Id.Value) ? MessageStatus.Refused

                    // It was started between the two statements: when the message came, it was not there.
                    : MessageStatus.NotFound,
                Type = r.GetString(6),
                State = state,
                Paused = r.GetBoolean(2),
                UnseenControls = [.. r.GetFieldValue<short[]>(4).Select(static kind => (MessageKind)kind)],
            });
        });
    }

    /// <summary>
    /// Tells the commits that wrote nothing apart: those that an earlier try had written from those that were too late.
    /// </summary>
    private async Task JudgeAsync(WriteRound round, CancellationToken cancellationToken)
    {
        var late = _inserts
            .Concat(_updates)
            .Where(c => !_done.Contains(c.Id.Value))
            .Select(static c => c.Commit)
            .ToList();
        if (late.Count > 0)
        {
            round.Add(RowWrites.Done(late), r => _done.Add(r.GetString(0)));
            await round.ExecuteAsync(timeout: null, cancellationToken);
        }

        foreach (var item in _inserts.Concat(_updates))
        {
            item.Decide(
                !_done.Contains(item.Id.Value)
                    ? CommitResult.Failed(
                        item.Commit.ExpectedVersion == 0 ? CommitStatus.AlreadyExists : CommitStatus.Conflict)
                : _told.TryGetValue(item.Id.Value, out var told) ? CommitResult.Done with { Told = told }
                : CommitResult.Done);
        }
    }
}
