using System.Text;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Engine;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Unit.Engine;

/// <summary>
/// One process with an imitated store and activation: decides, commits, carries actions out, crashes. Every decision is
/// checked by <see cref="Invariants"/>, so that each example is also a test of what must always hold.
/// </summary>
internal sealed class Machine
{
    private readonly SortedDictionary<long, InboxMessage> _inbox = [];
    private readonly Dictionary<string, long> _sequences = [];
    private readonly List<string> _log = [];
    private ProcessRow _committed;
    private string _silo = "silo-1:1";

    private Machine(Decision created)
    {
        State = new EngineState { Row = created.Next.Row with { Version = 0 }, Checkpoint = created.Next.Checkpoint };
        _committed = State.Row;
        Log($"start {created.Next.Row.State}");
        Adopt(created, []);
    }

    public EngineState State { get; private set; }

    public DateTimeOffset Now { get; private set; } = A.Noon;

    /// <summary>Why a step cannot read an argument; null when all can.</summary>
    public Func<string, byte[], string?>? FaultOfArgument { get; set; }

    /// <summary>The current attempt; null when no step is in flight in the activation.</summary>
    public (int Step, int Attempt)? Running { get; private set; }

    /// <summary>Whether the running step was told to stop.</summary>
    public bool ToldToStop { get; private set; }

    /// <summary>Every attempt of a step that was ever run, in order.</summary>
    public List<(string Position, int Step, int Attempt, string? Args)> Runs { get; } = [];

    public List<HistoryEvent> History { get; } = [];

    /// <summary>The lines that were reported.</summary>
    public List<ReportLine> Reports { get; } = [];

    /// <summary>The children that were stored, by id.</summary>
    public SortedDictionary<ProcessId, ProcessRow> Children { get; } = [];

    /// <summary>The children that may run, or have run: stored as due, or told to go on.</summary>
    public SortedSet<ProcessId> LetGo { get; } = [];

    /// <summary>The children of a step that may run and whose ends the process has not taken in.</summary>
    public int RunningOf(int step) =>
        Children.Values.Count(child =>
            child.ParentStep == step
            && LetGo.Contains(child.Id)
            && !(Knows($"e:{child.Id}") && SeenOf($"e:{child.Id}") > MessageSeen.Parked));

    public Decision Last { get; private set; } = null!;

    public ProcessRow Row => State.Row;

    public Checkpoint Checkpoint => State.Checkpoint;

    /// <summary>The wait for children in which it is.</summary>
    public WaitState.Children AwaitedChildren => Checkpoint.Wait.ShouldBeOfType<WaitState.Children>();

    public string Position => Checkpoint.Position;

    public string Explanation => Grains.Engine.Explanation.Of(_committed, Checkpoint.Read(_committed.Checkpoint), Open);

    /// <summary>The messages that the store still has as unseen or parked.</summary>
    public IReadOnlyList<InboxMessage> Open =>
        [.. _inbox.Values.Where(static message => message.Seen <= MessageSeen.Parked)];

    /// <summary>Everything that was done, for the message of a failure.</summary>
    public string Story => string.Join(Environment.NewLine, _log);

    public static Machine Start(TimeSpan delay = default, bool paused = false, TimeSpan? deadline = null) =>
        Start(A.Start(delay, paused, deadline));

    public static Machine Start(StartRequest request) =>
        new(
            ProcessEngine.Create(
                A.Id,
                request,
                "run-1",
                new EngineContext(A.Noon, "silo-1:1", Guid.CreateVersion7(), "First", 3)));

    public static Machine Waiting(Directive directive)
    {
        var machine = Start();
        machine.Return(directive);
        return machine;
    }

    public MessageSeen SeenOf(string messageId) => _inbox[_sequences[messageId]].Seen;

    public bool Knows(string messageId) => _sequences.ContainsKey(messageId);

    public Decision Feed(params IReadOnlyList<ProcessEvent> events)
    {
        Log(string.Join(" + ", events.Select(Describe)));
        var before = State;
        var decision = ProcessEngine.Decide(
            before,
            events,
            new EngineContext(Now, _silo, Guid.CreateVersion7(), "First", 3) { FaultOfArgument = FaultOfArgument });
        Invariants.Check(this, before, events, decision);
        Adopt(decision, events);
        Invariants.CheckChildren(this);
        var played = decision.Next.NotTakenOver && before is { NotTakenOver: false, InFlight: false };
        return played ? Feed(new ProcessEvent.PickedUp()) : decision;
    }

    public Decision Return(Directive directive, string? context = null, string? status = null) =>
        Feed(A.Returned(directive, context, status));

    public Decision Fail(TimeSpan? retryAfter = null, bool asIncident = false) =>
        Feed(A.Failed(retryAfter, asIncident));

    public Decision After(TimeSpan time)
    {
        Pass(time);
        return Feed(new ProcessEvent.TimePassed());
    }

    public void Pass(TimeSpan time)
    {
        Now += time;
        Log($"… {time}");
    }

    /// <summary>Stores a message without telling the process.</summary>
    public InboxMessage Put(
        MessageKind kind,
        string? name = null,
        string? payload = null,
        string? id = null,
        ProcessId? sender = null)
    {
        var sequence = _inbox.Count + 1L;
        var message = new InboxMessage
        {
            Receiver = A.Id,
            MessageId = id ?? $"m{sequence}",
            Sequence = sequence,
            Kind = kind,
            Name = name,
            Payload = payload is null ? [] : Encoding.UTF8.GetBytes(payload),
            Sender = sender,
            SentAt = Now,
        };
        if (_sequences.TryAdd(message.MessageId, sequence))
        {
            _inbox.Add(sequence, message);
            Log($"put {message.MessageId} {kind} {name}");
        }

        return _inbox[_sequences[message.MessageId]];
    }

    /// <summary>Tells the process of everything that is open in its inbox.</summary>
    public Decision Deliver() => Feed(new ProcessEvent.MessagesArrived(Open));

    public Decision Send(MessageKind kind, string? name = null, string? payload = null, string? id = null)
    {
        Put(kind, name, payload, id);
        return Deliver();
    }

    public Decision Signal(string name = "paid", string payload = "{}") => Send(MessageKind.Signal, name, payload);

    public InboxMessage PutChildEnded(int step, int index, string? sender = null) => Put(
        MessageKind.ChildEnded,
        $"{step}.{index}",
        id: $"e:{sender ?? $"{A.Id}/{step}.{index}"}",
        sender: ProcessId.Parse(sender ?? $"{A.Id}/{step}.{index}"));

    public Decision ChildEnded(int step, int index, string? sender = null)
    {
        PutChildEnded(step, index, sender);
        return Deliver();
    }

    /// <summary>The activation is gone; another silo loads the row and tells nobody yet.</summary>
    public void Crash()
    {
        Running = null;
        ToldToStop = false;
        _silo = _silo == "silo-1:1" ? "silo-2:1" : "silo-1:1";
        State = EngineState.Load(new LoadedProcess(_committed, Open));
        Log($"crash, loaded on {_silo}");
    }

    public Decision PickUp(bool inCompany = false) =>
        Feed(new ProcessEvent.TimePassed(), new ProcessEvent.PickedUp { InCompany = inCompany });

    public Decision CrashAndPickUp(bool inCompany = false)
    {
        Crash();
        return PickUp(inCompany);
    }

    public override string ToString() =>
        $"{Row.State}{(Row.Paused ? " paused" : "")} at '{Position}' step {Checkpoint.Step} attempt "
        + $"{Checkpoint.Attempt}";

    private void Adopt(Decision decision, IReadOnlyList<ProcessEvent> events)
    {
        Last = decision;
        State = decision.Next;
        if (Running is not null && (events.Any(Invariants.EndsStep) || State.Row.State.IsTerminal() || !State.InFlight))
        {
            Running = null;
            ToldToStop = false;
        }

        if (decision.Commit is { } commit)
        {
            Store(commit);
        }

        foreach (var action in decision.Actions)
        {
            Carry(action);
        }

        Log(
            $"  => "
            + $"{this}{string.Concat(decision.Actions.Select(static action => $", {action.GetType().Name}"))}{(decision.Commit is null ? ", no commit" : "")}"
        );
    }

    private void Store(ProcessCommit commit)
    {
        _committed = commit.Row;
        History.AddRange(commit.History);
        foreach (var mark in commit.Marks)
        {
            Mark(mark.MessageId, mark.Seen);
        }

        foreach (var open in commit.CloseInbox ? Open : [])
        {
            Mark(open.MessageId, MessageSeen.Refused);
        }

        Reports.AddRange(commit.Reports);
        foreach (var child in commit.Children)
        {
            if (Children.TryAdd(child.Id, child) && child.DueAt is not null)
            {
                LetGo.Add(child.Id);
            }
        }

        LetGo.UnionWith(
            commit
                .Messages.Where(static message => message.Kind == MessageKind.Continue)
                .Select(static message => message.Receiver));
    }

    private void Mark(string messageId, MessageSeen seen)
    {
        var sequence = _sequences[messageId];
        _inbox[sequence] = _inbox[sequence] with { Seen = seen };
    }

    private void Carry(EngineAction action)
    {
        if (action is EngineAction.RunStep)
        {
            Running = (Checkpoint.Step, Checkpoint.Attempt);
            ToldToStop = false;
            Runs.Add(
                (
                    Checkpoint.Position,
                    Checkpoint.Step,
                    Checkpoint.Attempt,
                    Checkpoint.Args is { } args ? Encoding.UTF8.GetString(args.Utf8) : null));
        }
        else if (action is EngineAction.StopStep)
        {
            ToldToStop = true;
        }
    }

    private void Log(string line) => _log.Add(line);

    private static string Describe(ProcessEvent e) => e is ProcessEvent.MessagesArrived arrived
        ? $"messages [{string.Join(' ', arrived.Messages.Select(static message => message.MessageId))}]"
        : e is ProcessEvent.StepReturned returned ? $"returned {returned.Directive.GetType().Name}"
        : e.GetType().Name;
}
