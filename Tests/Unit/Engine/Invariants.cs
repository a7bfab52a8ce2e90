using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Engine;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Unit.Engine;

/// <summary>What holds for every decision, whatever happened.</summary>
internal static class Invariants
{
    private static readonly Dictionary<ProcessState, ProcessState[]> Allowed = new()
    {
        [ProcessState.Created] =
        [
            ProcessState.Created,
            ProcessState.Running,
            ProcessState.Killed,
            ProcessState.Excepted,
        ],
        [ProcessState.Running] =
        [
            ProcessState.Running,
            ProcessState.Waiting,
            ProcessState.Finished,
            ProcessState.Killed,
            ProcessState.Excepted,
        ],
        [ProcessState.Waiting] =
        [
            ProcessState.Running,
            ProcessState.Waiting,
            ProcessState.Finished,
            ProcessState.Killed,
            ProcessState.Excepted,
        ],
        [ProcessState.Finished] = [ProcessState.Finished],
        [ProcessState.Excepted] = [ProcessState.Excepted],
        [ProcessState.Killed] = [ProcessState.Killed],
    };

    public static bool EndsStep(ProcessEvent e) =>
        e
            is ProcessEvent.StepReturned
                or ProcessEvent.StepFailed
                or ProcessEvent.StepReleased
                or ProcessEvent.GraceElapsed
                or ProcessEvent.Faulted;

    public static void Check(Machine machine, EngineState before, IReadOnlyList<ProcessEvent> events, Decision decision)
    {
        Must(
            Allowed[before.Row.State].Contains(decision.Next.Row.State),
            $"{before.Row.State} becomes {decision.Next.Row.State}");
        CheckCommit(before, decision);
        CheckRow(decision.Next.Row);
        CheckTerminal(before, decision);
        CheckMessages(machine, before, events, decision);
        CheckKill(before, decision);
        CheckSteps(machine, before, events, decision);
        CheckProgress(machine, decision);
    }

    private static void CheckCommit(EngineState before, Decision decision)
    {
        var (row, checkpoint) = (decision.Next.Row, decision.Next.Checkpoint);
        if (decision.Commit is not { } commit)
        {
            Must(
                ReferenceEquals(row, before.Row) && ReferenceEquals(checkpoint, before.Checkpoint),
                "the process changed without a commit");
            Must(decision.Next.InFlight == before.InFlight, "a step began or ended without a commit");
            Must(decision.Actions.All(static action => action is EngineAction.StopStep), "an effect without a commit");
            return;
        }

        Must(ReferenceEquals(commit.Row, row), "the commit has another row");
        Must(
            commit.ExpectedVersion == before.Row.Version && row.Version == before.Row.Version + 1,
            "the version does not rise by one");
        Must(
            commit.ExpectedOperation == before.Row.LastOperation && row.LastOperation == commit.OperationId,
            "the commit does not stand on the one before it");
        Must(commit.History.Count > 0, "a commit without history");
        Must(row.Incident == checkpoint.Incident?.Code, "row and checkpoint differ about the incident");
        Must(Checkpoint.Read(row.Checkpoint) == checkpoint, "the checkpoint does not read as it was written");
    }

    private static void CheckRow(ProcessRow row)
    {
        var terminal = row.State.IsTerminal();
        Must(
            (row.Owner is not null) == row is { State: ProcessState.Running, Paused: false },
            "an owner exactly while Running and not paused");
        Must(
            row.DueAt is null || !(row.State == ProcessState.Running || row.Paused || terminal),
            "due while running, paused or terminal");
        Must(
            (row.ExitCode is not null) == terminal && (row.FinishedAt is not null) == terminal,
            "an exit code and an end exactly when terminal");
        Must(!(terminal && row.Paused), "terminal and paused");
    }

    private static void CheckTerminal(EngineState before, Decision decision)
    {
        var announced = decision.Actions.Count(static action => action is EngineAction.Announce);
        if (!before.Row.State.IsTerminal())
        {
            Must(announced == (decision.Next.Row.State.IsTerminal() ? 1 : 0), "an end is announced once");
            return;
        }

        var same = decision.Next.Row with
        {
            Version = before.Row.Version,
            UpdatedAt = before.Row.UpdatedAt,
            LastOperation = before.Row.LastOperation,
            Checkpoint = before.Row.Checkpoint,
        };
        Must(same == before.Row && decision.Next.Checkpoint == before.Checkpoint, "a terminal process changed");
        Must(decision.Actions.Count == 0, "a terminal process does something");
        Must(
            decision.Commit is null || decision.Commit.Marks.All(static mark => mark.Seen == MessageSeen.Refused),
            "a terminal process took a message in");
    }

    private static void CheckMessages(
        Machine machine,
        EngineState before,
        IReadOnlyList<ProcessEvent> events,
        Decision decision)
    {
        var marks = decision.Commit?.Marks ?? [];
        Must(marks.DistinctBy(static mark => mark.MessageId).Count() == marks.Count, "a message was marked twice");
        foreach (var mark in marks)
        {
            Must(machine.SeenOf(mark.MessageId) <= MessageSeen.Parked, "a message was settled before");
            Must(mark.Seen > machine.SeenOf(mark.MessageId), "a message went back");
        }

        var ended = !before.Row.State.IsTerminal() && decision.Next.Row.State.IsTerminal();
        Must((decision.Commit?.CloseInbox ?? false) == ended, "the inbox is closed by the end, and by nothing else");
        if (ended)
        {
            return;
        }

        var known = before
            .Inbox.Concat(
                events.OfType<ProcessEvent.MessagesArrived>().SelectMany(static arrived => arrived.Messages))
            .DistinctBy(static message => message.MessageId);
        foreach (var message in known)
        {
            var mark = marks
                .Where(mark => mark.MessageId == message.MessageId)
                .Select(static mark => (MessageSeen?)mark.Seen)
                .SingleOrDefault();
            var kept = decision.Next.Inbox.FirstOrDefault(left => left.MessageId == message.MessageId);
            Must(
                (kept is null) == (mark is MessageSeen.Consumed or MessageSeen.Refused),
                "a message is neither open nor settled");
            Must(kept is null || kept.Seen == (mark ?? message.Seen), "a message differs in memory");
        }

        var sequences = decision.Next.Inbox.Select(static message => message.Sequence);
        Must(sequences.SequenceEqual(sequences.Order()), "the inbox is out of order");
    }

    private static void CheckKill(EngineState before, Decision decision)
    {
        var state = decision.Next;
        if (before.Doomed && decision.Commit is { } commit)
        {
            Must(
                commit.History.All(static happened => happened.Kind != HistoryKind.StepCompleted),
                "the result of a step that was told to stop was taken");
        }

        Must(!state.Inbox.Any(static message => message.Kind == MessageKind.ForceKill), "a kill by force waits");
        if (state.Inbox.Any(static message => message.Kind == MessageKind.Kill))
        {
            Must(!state.Row.State.IsTerminal() && state.InFlight, "a kill waits although no step runs");
            Must(state.Doomed, "the step was not told to stop for the kill");
        }

        if (!state.InFlight)
        {
            Must(
                state.Inbox.All(static message => message.Seen == MessageSeen.Parked || !message.Kind.IsKnown()),
                "a message stays unseen although no step runs");
            Must(!state.Inbox.Any(static message => message.Kind.IsControl()), "a control was kept");
        }
    }

    private static void CheckSteps(
        Machine machine,
        EngineState before,
        IReadOnlyList<ProcessEvent> events,
        Decision decision)
    {
        var (row, checkpoint) = (decision.Next.Row, decision.Next.Checkpoint);
        var runs = decision.Actions.Count(static action => action is EngineAction.RunStep);
        var ended = before.InFlight && events.Any(EndsStep);
        if (runs > 0)
        {
            Must(runs == 1 && (machine.Running is null || ended), "two steps in flight");
            Must(
                row is { State: ProcessState.Running, Paused: false },
                "a step runs while paused, waiting or terminal");
            Must(
                machine.Runs.All(run =>
                    run.Step < checkpoint.Step || (run.Step == checkpoint.Step && run.Attempt < checkpoint.Attempt)),
                "the attempt does not rise");
        }

        Must(
            decision.Next.InFlight == (runs == 1 || (before.InFlight && !ended && !row.State.IsTerminal())),
            "in flight without a step, or a step that nobody knows");
        var completed = decision.Commit?.History.Count(static happened => happened.Kind == HistoryKind.StepCompleted)
            ?? 0;
        var skipped = decision.Commit?.History.Count(static happened => happened.Kind == HistoryKind.StepSkipped)
            ?? 0;
        Must(completed <= (ended ? 1 : 0), "a step completed that did not run");
        Must(
            checkpoint.Step - before.Checkpoint.Step == completed + skipped,
            "the step number counts completed and skipped steps");
        Must(
            skipped == 0 || before.Row.Incident is not null || before.Checkpoint.Skipping,
            "a step was skipped that had no incident");
        Must(
            !machine.ToldToStop || !decision.Actions.Any(static action => action is EngineAction.StopStep),
            "told to stop twice");
    }

    private static void CheckProgress(Machine machine, Decision decision)
    {
        var (row, checkpoint) = (decision.Next.Row, decision.Next.Checkpoint);
        if (!row.State.IsTerminal())
        {
            var runs = row.State == ProcessState.Running && (decision.Next.InFlight || decision.Next.NotTakenOver);
            var waits =
                row.State != ProcessState.Running
                && (
                    row.DueAt is not null
                    || checkpoint.Wait
                        is WaitState.Signal
                            or WaitState.Children { Left: > 0 }
                            or WaitState.Start { Until: null });
            Must(row.Paused || runs || waits, "nobody will move it");
        }

        Must(
            decision.Next.Doomed || !(decision.Next.NextTime <= machine.Now),
            "what is due was not done, so that the lane would spin");
        var sentence = Explanation.Of(row, checkpoint, [.. decision.Next.Inbox]);
        Must(
            !string.IsNullOrWhiteSpace(sentence)
                && !sentence.Contains("fault of the engine", StringComparison.Ordinal),
            "it cannot say what it waits for");
    }

    /// <summary>
    /// What holds for the children when a decision is stored: never more than the bound, and no place empty that could
    /// be taken.
    /// </summary>
    public static void CheckChildren(Machine machine)
    {
        if (
            machine.Checkpoint.Wait is WaitState.Children { MaxConcurrency: { } bound } wait
            && machine.Row.State == ProcessState.Waiting)
        {
            var running = machine.RunningOf(wait.Step);
            Must(running <= bound, $"{running} children run, more than {bound}");
            Must(
                machine.Row.Paused || running == Math.Min(bound, wait.Left),
                $"{running} children run, although {bound} may and {wait.Left} are left");
        }
    }

    private static void Must(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new ShouldAssertException(otherwise);
        }
    }
}
