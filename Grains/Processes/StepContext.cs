using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows;

/// <summary>One attempt of one step: who it is, and how it is told to stop.</summary>
public sealed class StepContext
{
    private readonly Func<StopReason> _stopReason;
    private List<ReportLine>? _reports;

    internal StepContext(Func<StopReason> stopReason) => _stopReason = stopReason;

    /// <summary>The process.</summary>
    public required ProcessId ProcessId { get; init; }

    /// <summary>Tells the process from an earlier one of the same id that was purged.</summary>
    public required string RunId { get; init; }

    /// <summary>The step's position: the path of ids in the definition.</summary>
    public required string Position { get; init; }

    /// <summary>The number of steps that the process has completed.</summary>
    public required int StepNumber { get; init; }

    /// <summary>
    /// The attempt of this step, 1 for the first. Rises with each failure and crash: let the outside world refuse a
    /// lower one.
    /// </summary>
    public required int Attempt { get; init; }

    /// <summary>The process that started this one; null for a root.</summary>
    public ProcessId? Parent { get; init; }

    /// <summary>The root of the process's tree; itself for a root.</summary>
    public required ProcessId Root { get; init; }

    /// <summary>The tags of the process.</summary>
    public required IReadOnlyDictionary<string, string> Tags { get; init; }

    /// <summary>Writes log lines that carry the process id, the position and the attempt.</summary>
    public required ILogger Logger { get; init; }

    /// <summary>
    /// Tells the time and makes timers. Use it instead of the system's clock, so that tests can move time.
    /// </summary>
    public required TimeProvider TimeProvider { get; init; }

    /// <summary>Is cancelled when the step should stop; <see cref="StopReason"/> says why.</summary>
    public required CancellationToken CancellationToken { get; init; }

    /// <summary>Why <see cref="CancellationToken"/> was cancelled; None while it was not.</summary>
    public StopReason StopReason => _stopReason();

    /// <summary>
    /// The same text for every attempt of this step, and for no other step of any process: pass it to what the step
    /// calls.
    /// </summary>
    public string IdempotencyKey => $"{ProcessId}:{RunId}:{StepNumber}";

    /// <summary>
    /// Makes the id of a process that the step starts by the client: the same for every attempt of this step, and for
    /// no other name, step or process. A start with it and <c>IfExists.UseExisting</c> makes one process, however often
    /// the step is tried.
    /// </summary>
    /// <param name="name">Tells apart what the step starts: <c>invoice</c>. Any text of one character or more.</param>
    /// <returns>The id, 32 hexadecimal digits.</returns>
    public ProcessId NewId(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{IdempotencyKey}\n{name}"));
        return ProcessId.Parse(Convert.ToHexStringLower(hash.AsSpan(0, 16)));
    }

    /// <summary>The text that the step has set; null when it has set none.</summary>
    internal string? StatusText { get; private set; }

    /// <summary>The lines that the step has reported.</summary>
    internal IReadOnlyList<ReportLine> Reports => _reports ?? [];

    /// <summary>The pause or kill that the step has asked for; null for none. A kill stays.</summary>
    internal MessageKind? Control { get; private set; }

    /// <summary>The text of that.</summary>
    internal string? ControlText { get; private set; }

    /// <summary>
    /// Writes a line of the process's report log, for its users. Durable with the attempt's commit, also when the
    /// attempt fails; lost with a crash.
    /// </summary>
    /// <param name="text">
    /// At most 8,000 characters; longer text is cut. At most 1,000 lines of one attempt are kept.
    /// </param>
    /// <param name="level">How much it matters.</param>
    /// <exception cref="ArgumentException">
    /// It has U+0000 or half of a surrogate pair, which no database keeps as text.
    /// </exception>
    public void Report(string text, ReportLevel level = ReportLevel.Report)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!Enum.IsDefined(level))
        {
            throw new ArgumentOutOfRangeException(nameof(level), level, "There is no such level.");
        }

        StorableText.Check(text, "report", nameof(text));
        _reports ??= [];
        if (_reports.Count < WorkflowLimits.MaxReports)
        {
            var line = StorableText.Shorten(text, WorkflowLimits.MaxReportLength);
            _reports.Add(new ReportLine(TimeProvider.GetUtcNow(), level, Position, Attempt, line));
        }
    }

    /// <summary>
    /// Pauses the process when this step has completed: its result counts, and the next step waits to be played.
    /// </summary>
    /// <param name="text">
    /// Shown as the status text until it is played; null to leave that as it is. At most 1,000 characters.
    /// </param>
    public void RequestPause(string? text = null) => Request(MessageKind.Pause, text);

    /// <summary>
    /// Kills the process when this step has completed: what it says should come next is dropped, what it emitted is
    /// kept.
    /// </summary>
    /// <param name="text">Why; kept and shown. At most 1,000 characters.</param>
    public void RequestKill(string? text = null) => Request(MessageKind.Kill, text);

    /// <summary>Sets the process's status text, which lists and status show. Stored when the step completes.</summary>
    /// <param name="text">At most 1,000 characters; longer text is cut.</param>
    /// <exception cref="ArgumentException">
    /// It has U+0000 or half of a surrogate pair, which no database keeps as text.
    /// </exception>
    public void SetStatus(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        StorableText.Check(text, "status text", nameof(text));
        StatusText = StorableText.Shorten(text);
    }

    private void Request(MessageKind control, string? text)
    {
        StorableText.Check(text, "text", nameof(text));
        if (Control != MessageKind.Kill)
        {
            (Control, ControlText) = (control, text is null ? null : StorableText.Shorten(text));
        }
    }
}
