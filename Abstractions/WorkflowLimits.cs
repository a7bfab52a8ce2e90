namespace Orleans.Workflows.Abstractions;

/// <summary>How much a client may send. Clients check it before they call, and the grains check it again, whoever calls.</summary>
/// <remarks>
/// Beside these: the lengths of ids are <see cref="ProcessId.MaxClientLength"/> and <see cref="ProcessId.MaxLength"/>, the size of a payload is
/// <see cref="WorkflowJson.MaxPayloadBytes"/>.
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

    /// <summary>The longest id of a step, in characters: 200.</summary>
    public const int MaxStepLength = 200;

    /// <summary>The longest id of a request, signal or control, in characters: 200.</summary>
    public const int MaxMessageIdLength = 200;

    /// <summary>The longest text of a control, and the longest status text, in characters: 1,000.</summary>
    public const int MaxTextLength = 1_000;

    /// <summary>How many entries a page has at most: 1,000.</summary>
    public const int MaxPageSize = 1_000;

    /// <summary>The longest text that says where a list goes on, in characters: 2,000. Pages give shorter ones.</summary>
    public const int MaxContinueLength = 2_000;

    /// <summary>The longest W3C traceparent, in characters: 55.</summary>
    public const int MaxTraceParentLength = 55;

    /// <summary>The longest delay of a start, and the longest deadline, from the storing on: 36,500 days, a hundred years.</summary>
    public static TimeSpan MaxDelay { get; } = TimeSpan.FromDays(36_500);
}
