using System.Diagnostics.Metrics;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Grains.Telemetry;

/// <summary>
/// What the engine tells those who listen to the meter 'Orleans.Workflows'. The process store adds how it writes. No
/// tag holds the id of a process, and while nobody listens no clock is read.
/// </summary>
internal sealed class WorkflowInstruments : IDisposable
{
    /// <summary>The name of the meter, and of the activity source.</summary>
    public const string Name = "Orleans.Workflows";

    private static readonly InstrumentAdvice<double> Durations = new()
    {
        HistogramBucketBoundaries =
        [
            0.001,
            0.0025,
            0.005,
            0.01,
            0.025,
            0.05,
            0.1,
            0.25,
            0.5,
            1,
            2.5,
            5,
            10,
            30,
            60,
            300,
            3_600,
        ],
    };

    private readonly Meter _meter;
    private readonly Histogram<double> _steps;
    private readonly Histogram<double> _commits;
    private readonly Histogram<double> _wakes;
    private readonly Counter<long> _ended;
    private readonly Counter<long> _incidents;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _blocked;
    private readonly Counter<long> _clockWarnings;
    private volatile AuditReport _audit = AuditReport.None;
    private long _clockOffset = long.MinValue;

    /// <summary>Makes the instruments.</summary>
    public WorkflowInstruments(IMeterFactory meters)
    {
        _meter = meters.Create(Name);
        _steps = _meter.CreateHistogram(
            "orleans.workflows.steps.duration",
            "s",
            "How long attempts of steps took, from the first line of the step to its end.",
            tags: null,
            Durations);
        _commits = _meter.CreateHistogram(
            "orleans.workflows.commits.duration",
            "s",
            "How long commits of processes took, from handing them to the store to their outcome.",
            tags: null,
            Durations);
        _wakes = _meter.CreateHistogram(
            "orleans.workflows.wakes.lag",
            "s",
            "How long after its time a process that was due had committed its next step.",
            tags: null,
            Durations);
        _ended = _meter.CreateCounter<long>(
            "orleans.workflows.processes.ended",
            "{process}",
            "Processes that ended.");
        _incidents = _meter.CreateCounter<long>(
            "orleans.workflows.incidents.opened",
            "{incident}",
            "Incidents that were opened.");
        _refused = _meter.CreateCounter<long>(
            "orleans.workflows.starts.refused",
            "{start}",
            "Starts that were refused; the same start may come again.");
        _blocked = _meter.CreateCounter<long>(
            "orleans.workflows.steps.blocked",
            "{step}",
            "Steps that held their thread for more than 1 s without being declared as CPU-bound.");
        _clockWarnings = _meter.CreateCounter<long>(
            "orleans.workflows.clock.warnings",
            "{warning}",
            "Times that the database's clock and this machine's were found more than 2 s apart, once per episode. Only "
            + "silos that share a database count.");
        _meter.CreateObservableGauge(
            "orleans.workflows.processes",
            Processes,
            "{process}",
            $"Processes that have not ended, by state; at most {AuditReport.LiveCountedAtMost:N0} of each are "
            + "counted. One silo of the cluster tells it.");
        _meter.CreateObservableGauge(
            "orleans.workflows.incidents.open",
            Incidents,
            "{incident}",
            $"Processes that wait for an operator; at most {AuditReport.LiveCountedAtMost:N0} are counted. One "
            + "silo of the cluster tells it.");
        _meter.CreateObservableGauge(
            "orleans.workflows.stuck",
            Stuck,
            "{process}",
            $"Processes that should have moved {AuditReport.Objective.TotalSeconds} s ago and have not; at most "
            + $"{AuditReport.StuckCountedAtMost:N0} of each reason are counted.");
        _meter.CreateObservableGauge(
            "orleans.workflows.stuck.age",
            () => _audit.Stuck.OldestAge.TotalSeconds,
            "s",
            "How long the oldest process that could move has not: a late timer, an unseen message, a step whose silo "
            + "is gone or does not run it. 0 when there is none.");
        _meter.CreateObservableGauge(
            "orleans.workflows.clock.offset",
            ClockOffset,
            "s",
            "How far the database's clock is ahead of this machine's; negative when it is behind. Only silos that "
            + "share a database tell it.");
    }

    /// <summary>What the last audit found; the gauges tell it.</summary>
    public AuditReport Audit
    {
        get => _audit;
        set => _audit = value;
    }

    /// <summary>Takes how far the database's clock is ahead of this machine's; the gauge tells it.</summary>
    public void ClockMeasured(TimeSpan offset) => Volatile.Write(ref _clockOffset, offset.Ticks);

    /// <summary>The database's clock and this machine's have come too far apart.</summary>
    public void ClockWarned() => _clockWarnings.Add(1);

    /// <summary>A step begins, or a commit.</summary>
    /// <returns>When; 0 while nobody listens.</returns>
    public long Begin() => _steps.Enabled || _commits.Enabled ? TimeProvider.System.GetTimestamp() : 0;

    /// <summary>An attempt of a step has ended.</summary>
    /// <param name="began">What <see cref="Begin"/> returned.</param>
    /// <param name="type">The process type.</param>
    /// <param name="outcome">How: completed, failed, stopped or incident.</param>
    public void StepEnded(long began, string type, string outcome)
    {
        if (began != 0)
        {
            _steps.Record(
                TimeProvider.System.GetElapsedTime(began).TotalSeconds,
                new("type", type),
                new("outcome", outcome));
        }
    }

    /// <summary>A commit has its outcome.</summary>
    public void CommitEnded(long began, CommitStatus status)
    {
        if (began != 0)
        {
            _commits.Record(
                TimeProvider.System.GetElapsedTime(began).TotalSeconds,
                new KeyValuePair<string, object?>("status", status.ToString()));
        }
    }

    /// <summary>A turn of a process is durable.</summary>
    /// <param name="before">The row before it; null for a start.</param>
    /// <param name="after">The row as it was committed.</param>
    /// <param name="now">The engine's time after the commit.</param>
    public void Committed(ProcessRow? before, ProcessRow after, DateTimeOffset now)
    {
        if (before?.DueAt is { } due && due <= after.UpdatedAt && after.State == ProcessState.Running && !after.Paused)
        {
            _wakes.Record(Math.Max(0, (now - due).TotalSeconds));
        }

        if (after.Incident is { } incident && before?.Incident != incident)
        {
            _incidents.Add(1, new("code", incident.ToString()), new("type", after.Type));
        }

        if (after.State.IsTerminal() && before?.State.IsTerminal() != true)
        {
            _ended.Add(1, new("type", after.Type), new("state", after.State.ToString()));
        }
    }

    /// <summary>A start was refused.</summary>
    /// <param name="reason">Why: the status of the reply, or what the silo is short of.</param>
    public void StartRefused(string reason) => _refused.Add(1, new KeyValuePair<string, object?>("reason", reason));

    /// <summary>A step holds its thread.</summary>
    public void StepBlocked(string type, string step) => _blocked.Add(1, new("type", type), new("step", step));

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    private IEnumerable<Measurement<int>> Processes() => _audit.Live is not { } live ? [] :
    [
        new(live.Created, new KeyValuePair<string, object?>("state", nameof(ProcessState.Created))),
        new(live.Running, new KeyValuePair<string, object?>("state", nameof(ProcessState.Running))),
        new(live.Waiting, new KeyValuePair<string, object?>("state", nameof(ProcessState.Waiting))),
        new(live.Paused, new KeyValuePair<string, object?>("state", "Paused")),
    ];

    private IEnumerable<Measurement<double>> ClockOffset() =>
        Volatile.Read(ref _clockOffset) is var ticks and not long.MinValue
            ? [new(TimeSpan.FromTicks(ticks).TotalSeconds)]
            : [];

    private IEnumerable<Measurement<int>> Incidents() => _audit.Live is not { } live ? [] : [new(live.Incidents)];

    private IEnumerable<Measurement<int>> Stuck()
    {
        var stuck = _audit.Stuck;
        return
        [
            new(stuck.LateTimers, new KeyValuePair<string, object?>("reason", "late timer")),
            new(stuck.LateMessages, new KeyValuePair<string, object?>("reason", "late message")),
            new(stuck.Orphans, new KeyValuePair<string, object?>("reason", "orphan")),
            new(stuck.Undriven, new KeyValuePair<string, object?>("reason", "undriven")),
        ];
    }
}
