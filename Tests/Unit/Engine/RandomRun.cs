using CsCheck;
using Orleans.Workflows.Grains.Engine;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Unit.Engine;

/// <summary>What happens next to a random process. The numbers choose the particulars.</summary>
internal readonly record struct Happening(string What, int A, int B)
{
    public override string ToString() => $"{What}({A},{B})";
}

/// <summary>
/// A random life of a process: a list of happenings, each carried out as far as the process is ready for it.
/// </summary>
internal sealed class RandomRun
{
    private static readonly string[] Signals = ["paid", "shipped"];
    private readonly Machine _machine;
    private readonly List<ProcessEvent> _gathered = [];
    private (int Step, int Attempt) _slicing;
    private int _sliced;
    private int _signals;

    private RandomRun(Machine machine) => _machine = machine;

    public static Gen<(int Start, Happening[] Happenings)> Any { get; } = Gen.Select(Gen.Int[0, 15], Happenings());

    public static string Print((int Start, Happening[] Happenings) run) =>
        $"start {run.Start}: {string.Join(' ', run.Happenings)}";

    /// <summary>Lives a life, checking every decision, and says how it went when one is wrong.</summary>
    public static Machine Live(int start, IEnumerable<Happening> happenings, bool toTheEnd = false)
    {
        var machine = Machine.Start(A.Start(
            (start & 1) != 0 ? TimeSpan.FromSeconds(30) : TimeSpan.Zero,
            (start & 2) != 0,
            (start & 4) != 0 ? TimeSpan.FromMinutes(5) : null) with
        { Hold = (start & 8) != 0 });
        var run = new RandomRun(machine);
        try
        {
            foreach (var happening in happenings)
            {
                run.Happen(happening);
            }

            if (toTheEnd)
            {
                run.End();
            }
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"{e.Message}{Environment.NewLine}{machine.Story}", e);
        }

        return machine;
    }

    private static Gen<Happening[]> Happenings()
    {
        var number = Gen.Int[0, 11];
        var what = Gen.Frequency(
            (5, OneOf("signal", "child", "deliver")),
            (2, OneOf("pause", "play", "time", "deliver some")),
            (2, OneOf("continue", "retry", "skip", "skip to", "edit", "edit input", "pause tree", "drop")),
            (1, OneOf("force", "hook fails")),
            (1, OneOf("kill", "crash", "crash unpicked", "pick up", "stale child", "fault", "gather")),
            (8, OneOf("return", "return", "fail", "slice", "release", "grace")));
        return Gen.Select(what, number, number, static (what, a, b) => new Happening(what, a, b)).Array[0, 40];
    }

    private static Gen<string> OneOf(params string[] names) =>
        Gen.Int[0, names.Length - 1].Select(index => names[index]);

    private void Happen(Happening happening)
    {
        var (what, a, b) = happening;
        switch (what)
        {
            case "signal":
                _machine.Put(MessageKind.Signal, Signals[a % 2], $"{{\"n\":{b}}}", id: $"s:{_signals++}");
                break;
            case "pause":
                _machine.Put(MessageKind.Pause, a % 2 == 0 ? null : $"text {b}");
                break;
            case "play":
                _machine.Put(MessageKind.Play);
                break;
            case "kill" when a < 3:
                _machine.Put(MessageKind.Kill, b % 2 == 0 ? null : $"text {b}");
                break;
            case "force" when a < 3:
                _machine.Put(MessageKind.ForceKill, $"text {b}");
                break;
            case "pause tree":
                _machine.Put(MessageKind.Pause, payload: "true");
                break;
            case "continue":
                _machine.Put(MessageKind.Continue);
                break;
            case "retry":
                _machine.Put(MessageKind.Retry);
                break;
            case "skip":
                _machine.Put(MessageKind.Skip);
                break;
            case "skip to":
                _machine.Put(MessageKind.Skip, payload: $"\"Step{b}\"");
                break;
            case "edit":
                _machine.Put(MessageKind.Edit, "mended", $"{{\"left\":{b},\"gone\":null}}");
                break;
            case "drop":
                _machine.Put(MessageKind.Drop, "wrong", $"\"{a}\"");
                break;
            case "edit input":
                _machine.Put(MessageKind.EditInput, "mended", $"{{\"n\":{b}}}");
                break;
            case "hook fails" when a < 2 && !_machine.Row.State.IsTerminal():
                // The lane feeds it in place of what was to be committed, together with the messages only.
                _gathered.Clear();
                _machine.Feed(
                    new ProcessEvent.HookFailed(A.Failure("the hook"), Notes: null),
                    new ProcessEvent.MessagesArrived(_machine.Open));
                break;
            case "child" when _machine.Children.Count > 0:
                EndChild(_machine.Children.Keys.ElementAt(a % _machine.Children.Count));
                break;
            case "stale child" when _machine.Checkpoint.Step > 0:
                // Beyond every count that is awaited: what an earlier attempt asked for and the completed one did not.
                _machine.PutChildEnded(a % (_machine.Checkpoint.Step + 1), 100 + b);
                break;
            case "deliver":
                Feed(new ProcessEvent.MessagesArrived(_machine.Open));
                break;
            case "deliver some":
                Feed(new ProcessEvent.MessagesArrived([.. _machine.Open.Where((_, index) => index % 3 != a % 3)]));
                break;
            case "time":
                _machine.Pass(TimeSpan.FromSeconds(a * 5 * (b + 1)));
                Feed(new ProcessEvent.TimePassed());
                break;
            case "crash" or "crash unpicked":
                _gathered.Clear();
                _machine.Crash();
                if (what == "crash")
                {
                    _machine.PickUp();
                }

                break;
            case "pick up":
                Feed(new ProcessEvent.PickedUp());
                break;
            case "fault":
                Feed(A.Fault(a % 2 == 0 ? IncidentCode.NotRunnable : IncidentCode.PayloadUnreadable));
                break;
            case "gather":
                _gathered.Add(new ProcessEvent.TimePassed());
                break;
            default:
                EndStep(what, a, b);
                break;
        }
    }

    private void EndStep(string what, int a, int b)
    {
        ProcessEvent? e = what switch
        {
            "return" => A.Returned(
                Directive(a, b),
                b % 2 == 0 ? null : $"{{\"left\":{a}}}",
                b % 3 == 0 ? $"status {a}" : null) with
            {
                Notes = Notes(a, b),
            },
            "fail" => A.Failed(b < 8 ? TimeSpan.FromSeconds(b * 10) : null, asIncident: a % 3 != 0),
            "release" => new ProcessEvent.StepReleased(),
            "grace" => new ProcessEvent.GraceElapsed(),
            "slice" when _machine.Running is not null => new ProcessEvent.ChildrenSliced(A.Children(2, Sliced))
            {
                MaxConcurrency = Bound,
            },
            _ => null,
        };
        if (e is not null && !_gathered.Exists(Invariants.EndsStep))
        {
            Feed(e);
        }
    }

    private Directive Directive(int a, int b) => a switch
    {
        0 or 1 or 2 => A.Next($"Step{b}", b % 2 == 0 ? null : $"[{b}]"),
        3 or 4 => A.AwaitSignal(Signals[b % 2]),
        5 => A.AwaitSignal(Signals[b % 2], TimeSpan.FromSeconds(b * 10)),
        6 => new Directive.AwaitTime(TimeSpan.FromSeconds(b * 10), "OnTime"),
        7 or 8 or 9 => A.AwaitChildren(b % 4, Sliced) with { MaxConcurrency = Bound },
        10 => b % 2 == 0 ? A.End() : new Directive.End(100 + b, Message: "no stock"),
        _ => A.Next(),
    };

    private static StepNotes? Notes(int a, int b) => (a + b) % 5 == 0
        ? new StepNotes
        {
            Outputs = A.Json($"{{\"out\":{b}}}"),
            Emitted = ["out"],
            Reports = [new ReportLine(A.Noon, ReportLevel.Report, "Step", 1, "done")],
            Control = b switch { 1 => MessageKind.Pause, 2 => MessageKind.Kill, _ => null },
        }
        : null;

    /// <summary>How many children the running attempt has given in slices already.</summary>
    private int Sliced => _machine.Running is { } running && running == _slicing ? _sliced : 0;

    /// <summary>How many children of the current step run at a time: the same for all its attempts.</summary>
    private int? Bound => _machine.Checkpoint.Step % 3 is > 0 and var bound ? bound : null;

    private void EndChild(ProcessId child)
    {
        var row = _machine.Children[child];
        _machine.PutChildEnded(row.ParentStep!.Value, row.ParentIndex!.Value);
    }

    private void Feed(ProcessEvent e)
    {
        if (e is ProcessEvent.ChildrenSliced sliced)
        {
            (_sliced, _slicing) = (Sliced + sliced.Children.Count, _machine.Running!.Value);
        }

        // A driver waits until a slice is stored before it goes on.
        var wait = _gathered.Count is > 0 and < 3 && e is not (ProcessEvent.TimePassed or ProcessEvent.ChildrenSliced);
        _gathered.Add(e);
        if (!wait)
        {
            // Messages come first, as the lane feeds them.
            _machine.Feed([.. _gathered.OrderBy(static gathered => gathered is not ProcessEvent.MessagesArrived)]);
            _gathered.Clear();
        }
    }

    /// <summary>From here on nothing goes wrong any more, so the process must come to its end.</summary>
    private void End()
    {
        _machine.CrashAndPickUp();
        for (var turn = 0; turn < 100 && !_machine.Row.State.IsTerminal(); turn++)
        {
            if (_machine.Row.Paused)
            {
                _machine.Put(MessageKind.Play);
            }

            if (_machine.Row.State == ProcessState.Created)
            {
                _machine.Put(MessageKind.Continue);
            }

            // Those that are held end when they are let go, and not before.
            foreach (var child in _machine.LetGo)
            {
                EndChild(child);
            }

            if (_machine.Checkpoint.Wait is WaitState.Signal { Name: var signal })
            {
                _machine.Put(MessageKind.Signal, signal);
            }

            _machine.Pass(TimeSpan.FromMinutes(30));
            _machine.Deliver();
            if (_machine.Running is not null)
            {
                _machine.Return(A.End());
            }
        }
    }
}
