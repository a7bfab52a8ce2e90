using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Grains.Engine;

/// <summary>One turn in the making: the state as it becomes, and what has to be written with it.</summary>
internal sealed class Turn
{
    /// <summary>
    /// How many messages that came too late the history names one by one: it is one row for the commit.
    /// </summary>
    private const int MaxRefused = 100;

    private readonly EngineState _before;
    private readonly List<HistoryEvent> _history = [];
    private readonly List<MessageMark> _marks = [];
    private readonly List<ProcessRow> _children = [];
    private readonly List<InboxMessage> _messages = [];
    private readonly List<EngineAction> _actions = [];
    private readonly List<ProcessTransition> _transitions = [];
    private readonly List<ReportLine> _reports = [];
    private readonly List<InboxMessage> _toChildren = [];
    private bool _closeInbox;

    /// <summary>Begins a turn.</summary>
    /// <param name="state">The state as it was committed last.</param>
    /// <param name="context">The surroundings.</param>
    public Turn(EngineState state, EngineContext context)
    {
        _before = state;
        Context = context;
        Row = state.Row;
        Checkpoint = state.Checkpoint;
        Inbox = state.Inbox;
        InFlight = state.InFlight;
        NotTakenOver = state.NotTakenOver;
        Doomed = state.Doomed;
        IsForced = Inbox.Unseen.Any(static message => message.Kind == MessageKind.ForceKill);
    }

    /// <summary>The surroundings.</summary>
    public EngineContext Context { get; }

    /// <summary>The row as it becomes.</summary>
    public ProcessRow Row { get; set; }

    /// <summary>The checkpoint as it becomes.</summary>
    public Checkpoint Checkpoint { get; set; }

    /// <summary>The open messages that are left.</summary>
    public Inbox Inbox { get; private set; }

    /// <summary>Whether this activation runs the current step.</summary>
    public bool InFlight { get; set; }

    /// <summary>Whether the row was loaded as running and not taken over.</summary>
    public bool NotTakenOver { get; set; }

    /// <summary>Whether the running step was told to stop.</summary>
    public bool Doomed { get; set; }

    /// <summary>Whether an incident was opened in this turn: what was asked before does not resolve it.</summary>
    public bool IncidentOpened { get; set; }

    /// <summary>Whether the process has ended.</summary>
    public bool Ended => Row.State.IsTerminal();

    /// <summary>The kill that has arrived first; null for none. Nothing takes it back.</summary>
    public InboxMessage? Kill => Inbox.Unseen.FirstOrDefault(static message => message.Kind.IsKill());

    /// <summary>Whether a kill by force has arrived.</summary>
    public bool IsForced { get; private set; }

    /// <summary>Whether the process has outlived its deadline. A paused process does not.</summary>
    public bool DeadlinePassed => !Row.Paused && Checkpoint.Deadline <= Context.Surely;

    /// <summary>Adds to the history of this commit.</summary>
    public void Record(HistoryKind kind, string? text = null)
    {
        // A page of a thousand such entries has to fit into one message.
        var kept = text is null ? null : StorableText.Shorten(text, WorkflowLimits.MaxHistoryTextLength);
        _history.Add(new HistoryEvent(kind, kept));
    }

    /// <summary>Tells hooks and listeners, if there are any.</summary>
    public void Observe(TransitionKind kind, ProcessState from, string? text = null)
    {
        if (Context.IsObserved)
        {
            _transitions.Add(new ProcessTransition
            {
                ProcessId = Row.Id,
                Type = Row.Type,
                Kind = kind,
                From = from,
                To = Row.State,
                Position = Checkpoint.Position,
                Version = _before.Row.Version + 1,
                At = Context.Now,
                Text = text,
            });
        }
    }

    /// <summary>Keeps what a step did beside saying what comes next.</summary>
    /// <param name="notes">What it did; null for nothing.</param>
    public void Keep(StepNotes? notes)
    {
        if (notes is null)
        {
            return;
        }

        _reports.AddRange(notes.Reports);
        if (notes.Emitted.Count > 0)
        {
            Checkpoint = Checkpoint with { Outputs = notes.Outputs };
            Record(HistoryKind.OutputsEmitted, string.Join(", ", notes.Emitted));
            foreach (var path in notes.Emitted)
            {
                Observe(TransitionKind.Output, Row.State, path);
            }
        }
    }

    /// <summary>Keeps lines of the report log.</summary>
    public void Report(IReadOnlyList<ReportLine> lines) => _reports.AddRange(lines);

    /// <summary>Adds an action.</summary>
    public void Do(EngineAction action) => _actions.Add(action);

    /// <summary>Adds messages to the inbox, once each, in the order of their sequence.</summary>
    public void Receive(IReadOnlyList<InboxMessage> messages)
    {
        if (messages.Count == 0)
        {
            return;
        }

        var settled = _marks.Select(static mark => mark.MessageId).ToHashSet(StringComparer.Ordinal);
        foreach (
            var message in messages.Where(message => !settled.Contains(message.MessageId) && !Inbox.Contains(message)))
        {
            Inbox = Inbox.Add(message);
            IsForced |= message.Kind == MessageKind.ForceKill;
        }
    }

    /// <summary>Takes a message in for good.</summary>
    public void Take(InboxMessage message, MessageSeen seen = MessageSeen.Consumed)
    {
        Inbox = Inbox.Remove(message);
        _marks.Add(new MessageMark(message.MessageId, seen));
        if (seen == MessageSeen.Refused)
        {
            Record(HistoryKind.MessageRefused, MessageText.WithId(message));
        }
    }

    /// <summary>Gives up a signal because an operator says so.</summary>
    /// <param name="signal">The signal, unseen or parked.</param>
    /// <param name="note">Why; null for no note.</param>
    public void Drop(InboxMessage signal, string? note)
    {
        Inbox = Inbox.Remove(signal);
        _marks.Add(new MessageMark(signal.MessageId, MessageSeen.Refused));
        Record(HistoryKind.SignalDropped, $"{MessageText.WithId(signal)}: {note ?? "no note"}");
    }

    /// <summary>Keeps a message until it is waited for.</summary>
    /// <param name="message">The message, unseen.</param>
    public void Park(InboxMessage message)
    {
        Inbox = Inbox.Remove(message).Add(message with { Seen = MessageSeen.Parked });
        _marks.Add(new MessageMark(message.MessageId, MessageSeen.Parked));
        Record(HistoryKind.MessageKept, MessageText.WithId(message));
    }

    /// <summary>Adds a child's row.</summary>
    public void Add(ProcessRow child) => _children.Add(child);

    /// <summary>Tells another process.</summary>
    public void Tell(InboxMessage message) => _messages.Add(message);

    /// <summary>Tells every child that has not ended.</summary>
    /// <param name="message">What; its receiver is replaced by each child.</param>
    public void TellChildren(InboxMessage message) => _toChildren.Add(message);

    /// <summary>Makes a step the current one. It runs when the turn closes, unless the process is paused.</summary>
    /// <param name="position">Its position.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="resultsOf">The wait for children whose results are its arguments.</param>
    public void Schedule(string position, RawJson? args = null, WaitState.Children? resultsOf = null)
    {
        var from = Row.State;
        Row = from == ProcessState.Running ? Row : Row with { State = ProcessState.Running };
        Checkpoint = Checkpoint.WithoutStep() with
        {
            Position = position,
            Args = args ?? resultsOf?.Args,
            ResultsOf = resultsOf?.Step,
            ResultIds = resultsOf?.GivenIds,
            ResultIdsAreKnown = resultsOf?.IdsAreKnown ?? false,
            MustSucceed = resultsOf?.MustSucceed,
            Required = resultsOf?.Required,
        };
        Observe(TransitionKind.Run, from);
    }

    /// <summary>Ends the process. Whatever it still owes or is owed is settled in the same commit.</summary>
    /// <param name="state">Finished, Excepted or Killed.</param>
    /// <param name="exitCode">The exit code.</param>
    /// <param name="ending">Why.</param>
    /// <param name="output">The output.</param>
    public void End(ProcessState state, int exitCode, Ending ending, RawJson? output = null)
    {
        if (Ended || !state.IsTerminal())
        {
            throw new InvalidOperationException($"Process {Row.Id} cannot go from {Row.State} to {state}.");
        }

        Record(
            state switch
            {
                ProcessState.Finished => HistoryKind.Finished,
                ProcessState.Excepted => HistoryKind.Excepted,
                _ => HistoryKind.Killed,
            },
            exitCode == EngineExitCodes.Success ? null : $"exit code {exitCode}: {ending.Message}");
        foreach (var message in Inbox.Take(MaxRefused))
        {
            Record(HistoryKind.MessageRefused, MessageText.WithId(message));
        }

        if (Inbox.Count > MaxRefused)
        {
            Record(HistoryKind.MessageRefused, $"{Inbox.Count - MaxRefused} more");
        }

        Inbox = Inbox.Empty;
        InFlight = NotTakenOver = Doomed = false;
        _closeInbox = true;
        var from = Row.State;
        var emitted = Checkpoint.Outputs;

        // Where it was, and how often its last step was tried and interrupted, stays: that is what an operator looks
        // for. One that waited was at the step behind its wait, as its status said until now.
        var last = Checkpoint;
        Checkpoint = last.WithoutStep() with
        {
            Position = last.GoesOnAt,
            Attempt = last.Attempt,
            Failures = last.Failures,
            Crashes = last.Crashes,
            InCompany = last.InCompany,
            Released = last.Released,
            Incident = null,
            StatusBeforePause = null,
            Outputs = null,
        };
        Row = Row with
        {
            State = state,
            Paused = false,
            ExitCode = exitCode,
            FinishedAt = Context.Now,
            Output = (output ?? emitted)?.Utf8,
            Failure = ending.Write(),
        };
        Observe(
            state switch
            {
                ProcessState.Finished => TransitionKind.Finish,
                ProcessState.Excepted => TransitionKind.Except,
                _ => TransitionKind.Kill,
            },
            from,
            ending.Message);
        TellFamily();
    }

    /// <summary>Closes the turn.</summary>
    /// <returns>The next state, its commit if anything changed, and the actions.</returns>
    public Decision Close()
    {
        // What is not recorded is not committed: a rule that takes a message without a word has it come again.
        if (_history.Count == 0)
        {
            return new Decision(_before with { Inbox = Inbox, Doomed = Doomed }, Commit: null, _actions);
        }

        if (Row is { State: ProcessState.Running, Paused: false } && !InFlight && !NotTakenOver)
        {
            InFlight = true;
            Doomed = false;
            _actions.Add(new EngineAction.RunStep());
        }

        var format = Checkpoint.NeededFormat;
        Checkpoint = Checkpoint.Format == format ? Checkpoint : Checkpoint with { Format = format };
        Row = Row with
        {
            UpdatedAt = Context.Now,
            Version = _before.Row.Version + 1,
            LastOperation = Context.OperationId,
            DueAt = Due(),
            Owner =
                Row is not { State: ProcessState.Running, Paused: false } ? null
                : NotTakenOver ? Row.Owner ?? Context.Owner
                : Context.Owner,

            // One by the row alone stays until somebody plays: nothing that arrives meanwhile may hide it.
            Incident = Checkpoint.Incident?.Code ?? (Row.Paused ? Row.Incident : null),
            Checkpoint = Checkpoint.Write(),
        };
        if (Ended && !_before.Row.State.IsTerminal())
        {
            _actions.Add(new EngineAction.Announce(EngineState.OutcomeOf(Row)!));
        }

        var next = _before with
        {
            Row = Row,
            Checkpoint = Checkpoint,
            Inbox = Inbox,
            InFlight = InFlight,
            NotTakenOver = NotTakenOver,
            Doomed = Doomed,
        };
        return new Decision(next, Commit(), _actions) { Transitions = _transitions, IsForced = IsForced };
    }

    private ProcessCommit Commit() => new()
    {
        OperationId = Context.OperationId,
        Row = Row,
        ExpectedVersion = _before.Row.Version,
        ExpectedOperation = _before.Row.LastOperation,
        History = _history,
        Marks = _marks,
        CloseInbox = _closeInbox,
        Reports = _reports,
        Children = _children,
        Messages = _messages,
        ToChildren = _toChildren,
    };

    private DateTimeOffset? Due()
    {
        if (Ended || Row.Paused || Row.State == ProcessState.Running)
        {
            return null;
        }

        var until = Checkpoint.Wait?.Until;
        return until is null || Checkpoint.Deadline < until ? Checkpoint.Deadline ?? until : until;
    }

    private void TellFamily()
    {
        if (Row.Parent is { } parent)
        {
            _messages.Add(new InboxMessage
            {
                Receiver = parent,
                MessageId = EngineIds.MessageOf('e', Row),
                Kind = MessageKind.ChildEnded,
                Name = $"{Row.ParentStep}.{Row.ParentIndex}",
                Sender = Row.Id,
                SentAt = Context.Now,
            });
        }

        if (Checkpoint.HasChildren)
        {
            TellChildren(new InboxMessage
            {
                Receiver = Row.Id,
                MessageId = EngineIds.MessageOf('k', Row),
                Kind = IsForced ? MessageKind.ForceKill : MessageKind.Kill,
                Name = $"its parent {Row.Id} ended",
                Sender = Row.Id,
                SentAt = Context.Now,
            });
        }
    }
}
