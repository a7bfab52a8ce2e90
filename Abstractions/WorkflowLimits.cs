namespace Orleans.Workflows;

/// <summary>
/// How much may come in, and how much is kept of what others say: as much as can be stored, read back and run. Clients
/// check it before they call, and the grains again; what a definition says is checked at start-up or in its step
/// (decision 28).
/// </summary>
/// <remarks>
/// Beside these: the lengths of ids are <see cref="ProcessId.MaxClientLength"/> and <see cref="ProcessId.MaxLength"/>,
/// the size of a payload is <see cref="WorkflowJson.MaxPayloadBytes"/>. docs/concepts/values.md has all of them in a
/// table.
/// </remarks>
public static class WorkflowLimits
{
    /// <summary>The longest name of a process type, in characters: 200.</summary>
    public const int MaxTypeLength = 200;

    /// <summary>How many tags a process has at most: 32.</summary>
    public const int MaxTags = 32;

    /// <summary>The longest key of a tag, in characters: 100.</summary>
    public const int MaxTagKeyLength = 100;

    /// <summary>The longest value of a tag, in characters: 500.</summary>
    public const int MaxTagValueLength = 500;

    /// <summary>The longest name of a signal, in characters: 200.</summary>
    public const int MaxSignalNameLength = 200;

    /// <summary>
    /// How much of signals that it has not taken a process has at most, in bytes: 67,108,864, which are 64 MiB. Each
    /// counts its payload and <see cref="SignalOverheadBytes"/>. Several silos that send at once may go a little beyond
    /// it.
    /// </summary>
    public const int MaxInboxBytes = 64 * 1024 * 1024;

    /// <summary>
    /// How far a signal may go beyond <see cref="MaxInboxBytes"/> while the process has none of its name, in bytes:
    /// 16,777,216, which are 16 MiB. So a flood of one name does not shut out the signal that the process waits for.
    /// </summary>
    public const int InboxReserveBytes = 16 * 1024 * 1024;

    /// <summary>
    /// What a signal counts beside its payload, in bytes: 1,024. So a process has 65,536 of them at most.
    /// </summary>
    public const int SignalOverheadBytes = 1_024;

    /// <summary>The longest id of a step, in characters: 200.</summary>
    public const int MaxStepLength = 200;

    /// <summary>The longest id of a request, signal or control, in characters: 200.</summary>
    public const int MaxMessageIdLength = 200;

    /// <summary>The longest text of a control, and the longest status text, in characters: 1,000.</summary>
    public const int MaxTextLength = 1_000;

    /// <summary>How deep objects and lists of a payload nest: 64, the payload itself counted.</summary>
    public const int MaxPayloadDepth = 64;

    /// <summary>
    /// How much is kept of a failure's message, of its stack trace, and of an end's message, in characters: 8,000.
    /// </summary>
    public const int MaxFailureTextLength = 8_000;

    /// <summary>How much is kept of the text of an event in the history, in characters: 2,000.</summary>
    public const int MaxHistoryTextLength = 2_000;

    /// <summary>How much is kept of a line of the report log, in characters: 8,000.</summary>
    public const int MaxReportLength = 8_000;

    /// <summary>How many lines of the report log are kept of one attempt of a step: 1,000.</summary>
    public const int MaxReports = 1_000;

    /// <summary>How many entries a page has at most: 1,000.</summary>
    public const int MaxPageSize = 1_000;

    /// <summary>
    /// The longest text that says where a list goes on, in characters: 2,000. Pages give shorter ones.
    /// </summary>
    public const int MaxContinueLength = 2_000;

    /// <summary>The longest W3C traceparent, in characters: 55.</summary>
    public const int MaxTraceParentLength = 55;

    /// <summary>The longest timeout of a step, from the start of an attempt on: 49 days. Timers know no more.</summary>
    public static TimeSpan MaxStepTimeout { get; } = TimeSpan.FromDays(49);

    /// <summary>
    /// The longest delay of a start, and the longest deadline, from the storing on: 36,500 days, a hundred years.
    /// </summary>
    public static TimeSpan MaxDelay { get; } = TimeSpan.FromDays(36_500);
}
