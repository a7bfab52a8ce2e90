using System.Text.Json;
using Orleans.Workflows.CrashHost.Driving;
using Orleans.Workflows.CrashHost.Storm.Checking;
using Orleans.Workflows.CrashHost.Storm.Clients;
using Orleans.Workflows.CrashHost.Storm.Faults;
using Orleans.Workflows.CrashHost.Storm.Processes;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Crash.Storm;

/// <summary>
/// The evidence of a small storm in which every promise was kept: a silo was lost, a step failed, signals came twice, a
/// tree was killed.
/// </summary>
internal static class SoundEvidence
{
    /// <summary>A collector of the items 0:0, 1:0 and 0:1.</summary>
    public const string Collect = "client0-000001";

    /// <summary>
    /// A process with one alarm, whose second step was taken over once, and whose first owner woke up late.
    /// </summary>
    public const string Alarm = "client0-000002";

    /// <summary>A step that failed once.</summary>
    public const string Flaky = "client0-000003";

    /// <summary>A parent of one child.</summary>
    public const string Parent = "client1-000001";

    /// <summary>Its child.</summary>
    public const string Child = "client1-000001/0.0";

    /// <summary>A process that was killed while its step ran.</summary>
    public const string Killed = "client1-000002";

    /// <summary>A process that its deadline killed while its step ran.</summary>
    public const string Doomed = "client1-000003";

    /// <summary>When it was read.</summary>
    public static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    /// <summary>When its processes were started.</summary>
    public static readonly DateTimeOffset Start = Now - TimeSpan.FromMinutes(3);

    /// <summary>A stranger's lock, in the midst of which clients were told results.</summary>
    public static readonly Window Lock = new(
        FaultKind.StrangersLock,
        Now - TimeSpan.FromSeconds(60),
        Now - TimeSpan.FromSeconds(52));

    private static readonly string[] Items = ["0:0", "1:0", "0:1"];

    /// <summary>Makes it.</summary>
    /// <returns>The evidence.</returns>
    public static Evidence Make() =>
        new()
        {
            Clients =
            [
                [
                    .. Lines(Collect, Signals()),
                    .. Lines(Alarm),
                    .. Lines(Flaky),
                    Unknown(Flaky, TimeSpan.FromMinutes(2)),
                    Unknown(Flaky, TimeSpan.FromSeconds(50)),
                ],
                [
                    .. Lines(Parent),
                    .. Lines(
                        Killed,
                        [
                            Said(Killed, CallKind.Kill, CallPhase.Invoke),
                            Said(Killed, CallKind.Kill, CallPhase.Ok, "Accepted"),
                        ]),
                    .. Lines(Doomed),
                ],
            ],
            Ledger =
            [
                .. Attempt(Collect, 0),
                .. Attempt(Collect, 1),
                .. Attempt(Collect, 2),
                .. Attempt(Collect, 3),
                .. Attempt(Alarm, 0),
                Line(Alarm, 1, 1, ended: false),
                .. Attempt(Alarm, 1, attempt: 2),
                Line(Alarm, 1, 1, ended: true),
                Line(Flaky, 0, 1, ended: false),
                .. Attempt(Flaky, 0, attempt: 2),
                .. Attempt(Parent, 0),
                .. Attempt(Child, 0),
                .. Attempt(Parent, 1),
                Line(Killed, 0, 1, ended: false),
                Line(Doomed, 0, 1, ended: false),
            ],
            Processes = [.. Rows.Values],
            Messages =
            [
                .. Items.Select(static item => new MessageEvidence(
                    Collect,
                    item,
                    MessageKind.Signal,
                    MessageSeen.Consumed)),
                new MessageEvidence(Parent, Child, MessageKind.ChildEnded, MessageSeen.Consumed),
                new MessageEvidence(Killed, "c:1", MessageKind.Kill, MessageSeen.Consumed),
            ],
            Silos = new HashSet<string> { "S10.0.0.1:11111:1" },
            Windows = [Lock],
            SiloTimes =
            [
                new SiloTime("storm/flaky", Now - TimeSpan.FromMinutes(5), Now),
                new SiloTime(Lacks: null, Now - TimeSpan.FromMinutes(1), Now),
            ],
            ReadAt = Now,
        };

    /// <summary>A line of the ledger.</summary>
    public static LedgerLine Line(string process, int number, int attempt, bool ended) =>
        new(process, "run", number, attempt, $"step{number}", ended) { At = Start + TimeSpan.FromSeconds(number) };

    /// <summary>A line of a client.</summary>
    public static ClientLine Said(
        string process,
        CallKind kind,
        CallPhase phase,
        string? answer = null,
        string? item = null) =>
        new()
        {
            Call = 0,
            Kind = kind,
            Phase = phase,
            Process = process,
            Answer = answer,
            Item = item,
        };

    /// <summary>An entry of a history.</summary>
    public static HistoryEntry Commit(long version, HistoryKind kind) =>
        new(version, Now - TimeSpan.FromMinutes(2), [new HistoryEvent(kind)]);

    private static Dictionary<string, ProcessEvidence> Rows { get; } =
        new[]
        {
            Finished(
                Collect,
                StormTypes.Collect,
                new CollectInput(3),
                new CollectOutput(Items),
                HistoryKind.WaitStarted,
                HistoryKind.SignalReceived),
            Finished(
                Alarm,
                StormTypes.Alarms,
                new AlarmsInput([1_000]),
                new AlarmsOutput(1),
                HistoryKind.WaitStarted,
                HistoryKind.Resumed),
            Finished(
                Flaky,
                StormTypes.Flaky,
                new FlakyInput(1),
                new FlakyOutput(1),
                HistoryKind.StepFailed,
                HistoryKind.RetryScheduled),
            Finished(
                Parent,
                StormTypes.Family,
                new FamilyInput(7, 1, 1, 0),
                new FamilyOutput(7 + new FamilyInput(7, 1, 1, 0).Child(0).Seed),
                HistoryKind.ChildrenStarted),
            Finished(
                Child,
                StormTypes.Family,
                new FamilyInput(7, 1, 1, 0).Child(0),
                new FamilyOutput(new FamilyInput(7, 1, 1, 0).Child(0).Seed)) with
            {
                Parent = Parent,
            },
            Row(
                Killed,
                StormTypes.Family,
                new FamilyInput(8, 0, 0, 300),
                ProcessState.Killed,
                [HistoryKind.Created, HistoryKind.Started, HistoryKind.Killed, HistoryKind.MessageRefused]) with
            {
                ExitCode = 1,
            },
            Row(
                Doomed,
                StormTypes.Doomed,
                new DoomedInput(5_000, Runs: true),
                ProcessState.Killed,
                [HistoryKind.Created, HistoryKind.Started, HistoryKind.Killed]) with
            {
                ExitCode = EngineExitCodes.DeadlineExceeded,
            },
        }.ToDictionary(static row => row.Id);

    /// <summary>A finished row: what is given happened before the last step completed.</summary>
    private static ProcessEvidence Finished<TInput, TOutput>(
        string id,
        ProcessType<TInput, TOutput> type,
        TInput input,
        TOutput output,
        params HistoryKind[] happened)
    {
        var steps = Expectation.Of(type.Name, Json(input)).Steps;
        HistoryKind[] kinds =
        [
            HistoryKind.Created,
            HistoryKind.Started,
            .. Enumerable.Repeat(HistoryKind.StepCompleted, steps - 1),
            .. happened,
            HistoryKind.StepCompleted,
            HistoryKind.Finished,
        ];
        return Row(id, type, input, ProcessState.Finished, kinds) with { ExitCode = 0, Output = Json(output) };
    }

    private static ProcessEvidence Row<TInput, TOutput>(
        string id,
        ProcessType<TInput, TOutput> type,
        TInput input,
        ProcessState state,
        HistoryKind[] kinds) =>
        new()
        {
            Id = id,
            Type = type.Name,
            Input = Json(input),
            State = state,
            Version = kinds.Length,
            History = [.. kinds.Select(static (kind, index) => Commit(index + 1, kind))],
            UpdatedAt = Now - TimeSpan.FromMinutes(2),
        };

    /// <summary>A start was refused for its type while no silo that has it was well for long enough.</summary>
    public static ClientLine Unknown(string process, TimeSpan before) =>
        Said(process, CallKind.Start, CallPhase.Unknown, "ProcessTypeUnknownException") with
        {
            Type = Rows[process].Type,
            UnknownAt = Now - before,
        };

    /// <summary>
    /// The signal 0:0 was stored by a call that was not answered; it is sent once more at the very end, which is
    /// refused.
    /// </summary>
    private static IEnumerable<ClientLine> Signals() =>
    [
        Said(Collect, CallKind.Signal, CallPhase.Invoke, item: "0:0"),
        Said(Collect, CallKind.Signal, CallPhase.Unknown, "WorkflowUnavailableException", "0:0"),
        Said(Collect, CallKind.Signal, CallPhase.Invoke, item: "0:0"),
        Said(Collect, CallKind.Signal, CallPhase.Ok, ClientLine.Known, "0:0"),
        Said(Collect, CallKind.Signal, CallPhase.Invoke, item: "1:0"),
        Said(Collect, CallKind.Signal, CallPhase.Ok, ClientLine.Stored, "1:0"),
        Said(Collect, CallKind.Signal, CallPhase.Invoke, item: "0:1"),
        Said(Collect, CallKind.Signal, CallPhase.Ok, ClientLine.Stored, "0:1"),
        Said(Collect, CallKind.Signal, CallPhase.Invoke, item: "0:0"),
        Said(Collect, CallKind.Signal, CallPhase.Fail, "InvalidProcessStateException", "0:0"),
    ];

    private static IEnumerable<ClientLine> Lines(string process, params IEnumerable<ClientLine> said)
    {
        var row = Rows[process];
        var start = Said(process, CallKind.Start, CallPhase.Invoke) with { Type = row.Type, Input = row.Input };
        ClientLine[] lines =
        [
            start,
            start with
            {
                Phase = CallPhase.Ok,
                Answer = ClientLine.Created,
            },
            Said(process, CallKind.StartTaken, CallPhase.Invoke),
            Said(process, CallKind.StartTaken, CallPhase.Fail, "ProcessAlreadyExistsException"),
            .. said,
            Said(process, CallKind.Result, CallPhase.Invoke), Said(process, CallKind.Result, CallPhase.Ok, row.End),
            Said(process, CallKind.Result, CallPhase.Invoke), Said(process, CallKind.Result, CallPhase.Ok, row.End),
            Said(process, CallKind.Done, CallPhase.Ok),
        ];
        var asked = lines.LastOrDefault(static line => line.Kind is CallKind.Result);
        return lines.Select(line => line with
        {
            At = line.Kind is not CallKind.Result ? Start
                : ReferenceEquals(line, asked) ? Now - TimeSpan.FromSeconds(56) : Start + TimeSpan.FromSeconds(6),
        });
    }

    private static LedgerLine[] Attempt(string process, int number, int attempt = 1) =>
        [Line(process, number, attempt, ended: false), Line(process, number, attempt, ended: true)];

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, WorkflowJson.Options);
}
