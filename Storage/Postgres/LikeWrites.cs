using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Storage.GroupCommit;

namespace Orleans.Workflows.Storage.Postgres;

/// <summary>
/// Writes of a made-up process, for a transaction that is rolled back: whether the database takes them says whose fault
/// it is that it refuses others.
/// </summary>
internal static class LikeWrites
{
    /// <summary>What a client's message, or a first commit that does nothing else, does not touch.</summary>
    private const Touched OfSteps = ~(Touched.NewRow | Touched.Message);

    /// <summary>Adds the statements of writes that touch the same, in the order of a batch.</summary>
    public static void AddTo(WriteRound round, Touched touches)
    {
        var id = ProcessId.Parse($"owf/like/{Guid.CreateVersion7():N}");
        var insert = Insert(id);
        var step = Step(insert);
        round.Add(RowWrites.Insert([insert]), static _ => { });
        round.Add(RowWrites.FirstHistory([(id, insert.OperationId, insert.History)]));
        if (touches.HasFlag(Touched.Message))
        {
            round.Add(InboxWrites.Send(step.Messages, new InboxBudgets()), static _ => { });
        }

        if ((touches & OfSteps) != Touched.None)
        {
            round.Add(RowWrites.Update([step]), static _ => { });
            AddRest(round, step, touches);
        }

        // What waits for the end of a transaction would not be asked: this one is rolled back.
        round.Add(Statement.Of("SET CONSTRAINTS ALL IMMEDIATE"));
    }

    private static void AddRest(WriteRound round, ProcessCommit step, Touched touches)
    {
        if ((touches & (Touched.Children | Touched.ToChildren)) != Touched.None)
        {
            var child = step.Children[0];
            round.Add(RowWrites.InsertChildren([(child, step)]));
            round.Add(RowWrites.FirstHistory([(child.Id, step.OperationId, step.History)]));
        }

        if (touches.HasFlag(Touched.Reports))
        {
            round.Add(ReportWrites.Insert([step]));
        }

        if ((touches & (Touched.Marks | Touched.ClosedInbox | Touched.Messages)) != Touched.None)
        {
            // First, so that there is something to mark, and to close.
            round.Add(InboxWrites.PassOn([(step.Messages[0], step)]));
        }

        if (touches.HasFlag(Touched.Marks))
        {
            round.Add(InboxWrites.Mark([(step.Marks[0], step)]));
        }

        if (touches.HasFlag(Touched.ClosedInbox))
        {
            round.Add(InboxWrites.Close([step]));
        }

        if (touches.HasFlag(Touched.ToChildren))
        {
            round.Add(InboxWrites.ToChildren([(step.Messages[0], step)]), static _ => { });
        }
    }

    private static ProcessCommit Insert(ProcessId id) =>
        new()
        {
            OperationId = Guid.CreateVersion7(),
            Row = Row(id),
            ExpectedVersion = 0,
            History = [new HistoryEvent(HistoryKind.Created)],
        };

    /// <summary>A commit that touches everything that a commit can.</summary>
    private static ProcessCommit Step(ProcessCommit insert)
    {
        var id = insert.Row.Id;
        return insert with
        {
            OperationId = Guid.CreateVersion7(),
            Row = insert.Row with { Version = 2 },
            ExpectedVersion = 1,
            ExpectedOperation = insert.OperationId,
            Reports = [new ReportLine(insert.Row.CreatedAt, ReportLevel.Report, "like", 1, "like")],
            Marks = [new MessageMark("like", MessageSeen.Parked)],
            Children = [Row(id.Child(1, 0)) with { Parent = id, ParentStep = 1, ParentIndex = 0, Root = id }],
            Messages =
            [
                new InboxMessage
                {
                    Receiver = id,
                    MessageId = "like",
                    Kind = MessageKind.Signal,
                    Name = "like",
                    SentAt = insert.Row.CreatedAt,
                },
            ],
        };
    }

    private static ProcessRow Row(ProcessId id) =>
        new()
        {
            Id = id,
            RunId = "like",
            Type = "owf/like",
            DefinitionVersion = 1,
            State = ProcessState.Waiting,
            Root = id,
            CreatedAt = DateTimeOffset.UnixEpoch,
            UpdatedAt = DateTimeOffset.UnixEpoch,
            Version = 1,
            StartRequestId = "like",
            Input = "{}"u8.ToArray(),
            Checkpoint = "{}"u8.ToArray(),
        };
}
