using Orleans.Workflows.CrashHost.Driving;
using Orleans.Workflows.CrashHost.Storm.Checking;
using Orleans.Workflows.CrashHost.Storm.Clients;
using Orleans.Workflows.CrashHost.Storm.Faults;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Crash.Storm;

/// <summary>
/// The checker finds what it has to find: each kind of violation is planted into evidence that is sound otherwise.
/// </summary>
public sealed class StormCheckerTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    private static readonly Dictionary<
        string,
        (ViolationKind Kind, string Process, Func<Evidence, Evidence> Plant)
    > Planted = new()
    {
        ["a process that was accepted is gone"] = (ViolationKind.StartLost, SoundEvidence.Flaky, static e =>
            e with
            {
                Processes = [.. e.Processes.Where(static p => p.Id != SoundEvidence.Flaky)],
            }),
        ["a process of which a client was told is gone"] = (
            ViolationKind.ToldTooSoon,
            SoundEvidence.Flaky,
            static e => e with { Processes = [.. e.Processes.Where(static p => p.Id != SoundEvidence.Flaky)] }),
        ["a process is gone that only the ledger knows"] = (ViolationKind.NotAsked, SoundEvidence.Child, static e =>
            e with
            {
                Processes = [.. e.Processes.Where(static p => p.Id != SoundEvidence.Child)],
            }),
        ["two starts made it"] = (ViolationKind.CreatedTwice, SoundEvidence.Alarm, static e =>
            Say(e, SoundEvidence.Said(SoundEvidence.Alarm, CallKind.StartAgain, CallPhase.Ok, ClientLine.Created))),
        ["a taken id was given again"] = (ViolationKind.CreatedTwice, SoundEvidence.Alarm, static e =>
            Say(e, SoundEvidence.Said(SoundEvidence.Alarm, CallKind.StartTaken, CallPhase.Ok, ClientLine.Existing))),
        ["nobody started it"] = (ViolationKind.NotAsked, "stranger", static e =>
            e with
            {
                Processes = [.. e.Processes, e.Processes[2] with { Id = "stranger" }],
            }),
        ["its parent is not there"] = (ViolationKind.NotAsked, SoundEvidence.Child, static e =>
            Change(e, SoundEvidence.Child, static p => p with { Parent = "nobody" })),
        ["its input is another"] = (ViolationKind.InputDiffers, SoundEvidence.Flaky, static e =>
            Change(e, SoundEvidence.Flaky, static p => p with { Input = """{"failures":2}""" })),
        ["a signal was refused"] = (ViolationKind.Refused, SoundEvidence.Collect, static e =>
            Say(
                e,
                SoundEvidence.Said(
                    SoundEvidence.Collect,
                    CallKind.Signal,
                    CallPhase.Fail,
                    "ProcessNotFoundException",
                    "0:2"))),
        ["a play was refused"] = (ViolationKind.Refused, SoundEvidence.Alarm, static e =>
            Say(e, SoundEvidence.Said(SoundEvidence.Alarm, CallKind.Play, CallPhase.Fail, "ProcessNotFoundException"))),
        ["it started and did not end"] = (ViolationKind.NotEnded, SoundEvidence.Alarm, static e =>
            Change(e, SoundEvidence.Alarm, static p => p with { State = ProcessState.Waiting, DueAt = null })),
        ["it waits for an operator"] = (ViolationKind.NotEnded, SoundEvidence.Alarm, static e =>
            Change(e, SoundEvidence.Alarm, static p =>
                p with
                {
                    State = ProcessState.Running,
                    Paused = true,
                    Incident = IncidentCode.CrashLoop,
                })),
        ["its silo is dead"] = (ViolationKind.Idle, SoundEvidence.Alarm, static e =>
            Change(e, SoundEvidence.Alarm, static p =>
                p with
                {
                    State = ProcessState.Running,
                    Owner = "S10.0.0.9:11111:9",
                    UpdatedAt = SoundEvidence.Now,
                })),
        ["its silo lives and does nothing"] = (ViolationKind.Idle, SoundEvidence.Alarm, static e =>
            Change(e, SoundEvidence.Alarm, static p =>
                p with
                {
                    State = ProcessState.Running,
                    Owner = "S10.0.0.1:11111:1",
                })),
        ["its time has come"] = (ViolationKind.Idle, SoundEvidence.Alarm, static e =>
            Change(e, SoundEvidence.Alarm, p => p with { State = ProcessState.Waiting, DueAt = e.ReadAt - Long })),
        ["a message lies there"] = (ViolationKind.MessageIdle, SoundEvidence.Parent, static e =>
            e with
            {
                Messages =
                [
                    .. e.Messages,
                    new MessageEvidence(SoundEvidence.Parent, "c:9", MessageKind.Pause, MessageSeen.Unseen),
                ],
            }),
        ["a message is kept for ever"] = (ViolationKind.MessageIdle, SoundEvidence.Collect, static e =>
            e with
            {
                Messages =
                [
                    .. e.Messages,
                    new MessageEvidence(SoundEvidence.Collect, "9:9", MessageKind.Signal, MessageSeen.Parked),
                ],
            }),
        ["it failed"] = (ViolationKind.WrongEnd, SoundEvidence.Flaky, static e =>
            Change(e, SoundEvidence.Flaky, static p => p with { State = ProcessState.Excepted, ExitCode = 2 })),
        ["it was killed, and nobody asked"] = (ViolationKind.WrongEnd, SoundEvidence.Flaky, static e =>
            Change(e, SoundEvidence.Flaky, static p => p with { State = ProcessState.Killed, ExitCode = 1 })),
        ["its output is another"] = (ViolationKind.WrongOutput, SoundEvidence.Parent, static e =>
            Change(e, SoundEvidence.Parent, static p => p with { Output = """{"sum":1}""" })),
        ["its output is missing"] = (ViolationKind.WrongOutput, SoundEvidence.Child, static e =>
            Change(e, SoundEvidence.Child, static p => p with { Output = null })),
        ["a commit is missing"] = (ViolationKind.HistoryGap, SoundEvidence.Alarm, static e =>
            Change(e, SoundEvidence.Alarm, static p =>
                p with
                {
                    History = [.. p.History.Where(static h => h.Version != 3)],
                })),
        ["the last commit is missing"] = (ViolationKind.HistoryGap, SoundEvidence.Alarm, static e =>
            Change(e, SoundEvidence.Alarm, static p => p with { Version = p.Version + 1 })),
        ["a commit is there twice"] = (ViolationKind.HistoryGap, SoundEvidence.Alarm, static e =>
            Change(e, SoundEvidence.Alarm, static p => p with { History = [.. p.History, p.History[^1]] })),
        ["it ended twice"] = (ViolationKind.HistoryContradicts, SoundEvidence.Alarm, static e =>
            Change(e, SoundEvidence.Alarm, static p => Happened(p, HistoryKind.Finished))),
        ["its history has no end"] = (ViolationKind.HistoryContradicts, SoundEvidence.Alarm, static e =>
            Change(e, SoundEvidence.Alarm, static p =>
                p with
                {
                    Version = p.Version - 1,
                    History = [.. p.History.SkipLast(1)],
                })),
        ["its history has another end"] = (ViolationKind.HistoryContradicts, SoundEvidence.Killed, static e =>
            Change(e, SoundEvidence.Killed, static p => p with { State = ProcessState.Finished, ExitCode = 0 })),
        ["its history goes on"] = (ViolationKind.HistoryContradicts, SoundEvidence.Alarm, static e =>
            Change(e, SoundEvidence.Alarm, static p => Happened(p, HistoryKind.StepCompleted))),
        ["it goes on after its end"] = (ViolationKind.HistoryContradicts, SoundEvidence.Alarm, static e =>
            Change(e, SoundEvidence.Alarm, static p => p with { State = ProcessState.Running })),
        ["a step is missing"] = (ViolationKind.WrongCount, SoundEvidence.Parent, static e =>
            Change(e, SoundEvidence.Parent, static p =>
                p with
                {
                    History =
                    [
                        .. p.History.Select(static h =>
                            h.Version == 3 ? SoundEvidence.Commit(3, HistoryKind.Paused) : h),
                    ],
                })),
        ["a child is missing"] = (ViolationKind.WrongCount, SoundEvidence.Parent, static e =>
            e with
            {
                Processes = [.. e.Processes.Where(static p => p.Id != SoundEvidence.Child)],
            }),
        ["a child is there twice"] = (ViolationKind.WrongCount, SoundEvidence.Parent, static e =>
            e with
            {
                Processes =
                [
                    .. e.Processes,
                    e.Processes.Single(static p => p.Id == SoundEvidence.Child) with
                    {
                        Id = SoundEvidence.Parent + "/0.1",
                    },
                ],
            }),
        ["a step ran after the next one"] = (ViolationKind.StepOrder, SoundEvidence.Parent, static e =>
            Write(
                e,
                SoundEvidence.Line(SoundEvidence.Parent, 0, 2, ended: false),
                SoundEvidence.Line(SoundEvidence.Parent, 0, 2, ended: true))),
        ["an attempt ran twice"] = (ViolationKind.StepOrder, SoundEvidence.Child, static e =>
            Write(
                e,
                SoundEvidence.Line(SoundEvidence.Child, 0, 1, ended: false),
                SoundEvidence.Line(SoundEvidence.Child, 0, 1, ended: true))),
        ["a step completed that never ran"] = (ViolationKind.StepOrder, SoundEvidence.Parent, static e =>
            e with
            {
                Ledger = [.. e.Ledger.Where(static l => l.ProcessId != SoundEvidence.Parent || l.Number != 0)],
            }),
        ["a completed step ran to its end again"] = (ViolationKind.StepNotScheduled, SoundEvidence.Child, static e =>
            Write(
                e,
                SoundEvidence.Line(SoundEvidence.Child, 0, 2, ended: false),
                SoundEvidence.Line(SoundEvidence.Child, 0, 2, ended: true))),
        ["a step ran after the end"] = (ViolationKind.StepNotScheduled, SoundEvidence.Child, static e =>
            Write(e, SoundEvidence.Line(SoundEvidence.Child, 1, 1, ended: false))),
        ["a step ran after the kill"] = (ViolationKind.StepNotScheduled, SoundEvidence.Killed, static e =>
            Write(e, SoundEvidence.Line(SoundEvidence.Killed, 1, 1, ended: false))),
        ["a signal is not in the database"] = (ViolationKind.SignalLost, SoundEvidence.Collect, static e =>
            e with
            {
                Messages = [.. e.Messages.Where(static m => m.Item != "1:0")],
            }),
        ["an acknowledged signal was refused later"] = (ViolationKind.SignalLost, SoundEvidence.Collect, static e =>
            e with
            {
                Messages =
                [
                    .. e.Messages.Select(static m => m.Item == "1:0" ? m with { Seen = MessageSeen.Refused } : m),
                ],
            }),
        ["the process did not get a signal"] = (ViolationKind.SignalLost, SoundEvidence.Collect, static e =>
            Got(e, "0:0", "0:1")),
        ["the process got a signal twice"] = (ViolationKind.SignalDoubled, SoundEvidence.Collect, static e =>
            Got(e, "0:0", "1:0", "0:1", "0:0")),
        ["a signal was new twice"] = (ViolationKind.SignalDoubled, SoundEvidence.Collect, static e =>
            Say(e, SoundEvidence.Said(SoundEvidence.Collect, CallKind.Signal, CallPhase.Ok, ClientLine.Stored, "0:1"))),
        ["a sender's signals changed places"] = (ViolationKind.SignalOrder, SoundEvidence.Collect, static e =>
            Got(e, "0:1", "1:0", "0:0")),
        ["a signal came from nowhere"] = (ViolationKind.SignalNotSent, SoundEvidence.Collect, static e =>
            Got(e, "0:0", "1:0", "0:1", "7:0")),
        ["the database has another result"] = (ViolationKind.ToldOtherwise, SoundEvidence.Flaky, static e =>
            Change(e, SoundEvidence.Flaky, static p => p with { Output = """{"failures":7}""" })),
        ["a second answer is another"] = (ViolationKind.AnswersDiffer, SoundEvidence.Flaky, static e =>
            Say(
                e,
                SoundEvidence.Said(
                    SoundEvidence.Flaky,
                    CallKind.Result,
                    CallPhase.Ok,
                    """Finished 0 {"failures":7}"""))),
        ["a client was told of an end that is none"] = (ViolationKind.ToldTooSoon, SoundEvidence.Alarm, static e =>
            Change(e, SoundEvidence.Alarm, static p => p with { State = ProcessState.Waiting })),
        ["a wait ended before its time"] = (ViolationKind.EndedEarly, SoundEvidence.Alarm, static e =>
            e with
            {
                Ledger =
                [
                    .. e.Ledger.Select(static l =>
                        l is { ProcessId: SoundEvidence.Alarm, Number: 1 }
                            ? l with
                            {
                                At = l.At - TimeSpan.FromMilliseconds(600),
                            }
                            : l),
                ],
            }),
        ["a deadline killed before its time"] = (ViolationKind.EndedEarly, SoundEvidence.Doomed, static e =>
            e with
            {
                Clients =
                [
                    .. e.Clients.Select(static c =>
                        (IReadOnlyList<ClientLine>)
                            [
                                .. c.Select(static l =>
                                    l.Kind is CallKind.Result ? l with { At = l.At - TimeSpan.FromSeconds(3) } : l),
                            ]),
                ],
            }),
        ["something else killed it than its deadline"] = (ViolationKind.WrongEnd, SoundEvidence.Doomed, static e =>
            Change(e, SoundEvidence.Doomed, static p => p with { ExitCode = EngineExitCodes.Killed })),
        ["nothing ended while a stranger had a lock"] = (
            ViolationKind.GoodputOfRest,
            nameof(FaultKind.StrangersLock),
            static e => EndTimes.Told(e, SoundEvidence.Lock.From - Long)),
        ["the rest came to a stop in the midst of it"] = (
            ViolationKind.GoodputOfRest,
            nameof(FaultKind.StrangersLock),
            static e => EndTimes.Told(e, SoundEvidence.Lock.From + TimeSpan.FromSeconds(1))),
        ["the rest stood still for as long as a lock may hold it up, and its own pace"] = (
            ViolationKind.GoodputOfRest,
            nameof(FaultKind.StrangersLock),
            static e => EndTimes.Ended(
                EndTimes.Brisk(e),
                static at => at < SoundEvidence.Lock.From || at > SoundEvidence.Lock.From + Pause)),
        ["the rest went on at a trickle"] = (
            ViolationKind.GoodputOfRest,
            nameof(FaultKind.StrangersLock),
            static e => EndTimes.Ended(
                EndTimes.Brisk(e),
                static at => at < SoundEvidence.Lock.From || at.Millisecond == 0)),
        ["the rest waited for the end of it"] = (
            ViolationKind.GoodputOfRest,
            nameof(FaultKind.FreezeLong),
            static e =>
                e with
                {
                    Windows =
                    [
                        .. e.Windows,
                        new Window(FaultKind.FreezeLong, SoundEvidence.Lock.To, SoundEvidence.Now),
                    ],
                }),
        ["its type was called unknown"] = (ViolationKind.TypeUnknown, SoundEvidence.Flaky, static e =>
            Say(e, SoundEvidence.Unknown(SoundEvidence.Flaky, TimeSpan.FromSeconds(30)))),
        ["the type of another was called unknown"] = (ViolationKind.TypeUnknown, SoundEvidence.Alarm, static e =>
            Say(e, SoundEvidence.Unknown(SoundEvidence.Alarm, TimeSpan.FromMinutes(2)))),
        ["no silo could run it"] = (ViolationKind.NotRunnable, SoundEvidence.Flaky, static e =>
            Change(e, SoundEvidence.Flaky, static p =>
                p with
                {
                    Version = p.Version + 1,
                    History =
                    [
                        .. p.History,
                        new HistoryEntry(
                            p.Version + 1,
                            SoundEvidence.Now,
                            [new HistoryEvent(HistoryKind.IncidentOpened, "NotRunnable: No silo can run it.")]),
                    ],
                })),
        ["a client was never told"] = (ViolationKind.NotTold, SoundEvidence.Flaky, static e =>
            e with
            {
                Clients =
                [
                    .. e.Clients.Select(static c =>
                        (IReadOnlyList<ClientLine>)
                            [.. c.Where(static l => l.Process != SoundEvidence.Flaky || l.Kind is CallKind.Start)]),
                ],
            }),
    };

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(3.4);

    public static TheoryData<string> Names => [.. Planted.Keys];

    [Fact]
    public void Check_SoundEvidence_FindsNothing()
    {
        var violations = StormChecker.Check(SoundEvidence.Make());

        violations.ShouldBeEmpty();
    }

    [Fact]
    public void Check_RestThatGoesOnWithinTheBound_FindsNothing()
    {
        var within = EndTimes.Ended(
            EndTimes.Brisk(SoundEvidence.Make()),
            static at => at < SoundEvidence.Lock.From || at > SoundEvidence.Lock.From + TimeSpan.FromSeconds(2.9));

        StormChecker.Check(within).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Check_PlantedViolation_IsFound(string name)
    {
        var (kind, process, plant) = Planted[name];

        var violations = StormChecker.Check(plant(SoundEvidence.Make()));

        violations.ShouldContain(
            violation => violation.Kind == kind && violation.Process == process,
            string.Join(Environment.NewLine, violations));
    }

    [Fact]
    public void Planted_EveryKindOfViolation_IsAmongThem() =>
        Enum.GetValues<ViolationKind>().Except(Planted.Values.Select(static planted => planted.Kind)).ShouldBeEmpty();

    private static Evidence Change(Evidence evidence, string process, Func<ProcessEvidence, ProcessEvidence> change) =>
        evidence with { Processes = [.. evidence.Processes.Select(row => row.Id == process ? change(row) : row)] };

    private static ProcessEvidence Happened(ProcessEvidence row, HistoryKind kind) =>
        row with { Version = row.Version + 1, History = [.. row.History, SoundEvidence.Commit(row.Version + 1, kind)] };

    private static Evidence Say(Evidence evidence, ClientLine line) =>
        evidence with
        {
            Clients = [.. evidence.Clients, [line]],
        };

    private static Evidence Write(Evidence evidence, params LedgerLine[] lines) =>
        evidence with
        {
            Ledger = [.. evidence.Ledger, .. lines],
        };

    private static Evidence Got(Evidence evidence, params string[] items) =>
        Change(evidence, SoundEvidence.Collect, row =>
            row with
            {
                Output = $$"""{"items":["{{string.Join("\",\"", items)}}"]}""",
            });
}
