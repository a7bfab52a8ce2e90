using Microsoft.Extensions.Logging;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Grains;

/// <summary>One attempt of one step: who it is, and how it is told to stop.</summary>
public sealed class StepContext
{
    private readonly Func<StopReason> _stopReason;

    internal StepContext(Func<StopReason> stopReason) => _stopReason = stopReason;

    /// <summary>The process.</summary>
    public required ProcessId ProcessId { get; init; }

    /// <summary>Tells the process from an earlier one of the same id that was purged.</summary>
    public required string RunId { get; init; }

    /// <summary>The step's position: the path of ids in the definition.</summary>
    public required string Position { get; init; }

    /// <summary>The number of steps that the process has completed.</summary>
    public required int StepNumber { get; init; }

    /// <summary>The attempt of this step, 1 for the first. Rises with each failure and crash: let the outside world refuse a lower one.</summary>
    public required int Attempt { get; init; }

    /// <summary>The tags of the process.</summary>
    public required IReadOnlyDictionary<string, string> Tags { get; init; }

    /// <summary>Writes log lines that carry the process id, the position and the attempt.</summary>
    public required ILogger Logger { get; init; }

    /// <summary>Tells the time and makes timers. Use it instead of the system's clock, so that tests can move time.</summary>
    public required TimeProvider TimeProvider { get; init; }

    /// <summary>Is cancelled when the step should stop; <see cref="StopReason"/> says why.</summary>
    public required CancellationToken CancellationToken { get; init; }

    /// <summary>Why <see cref="CancellationToken"/> was cancelled; None while it was not.</summary>
    public StopReason StopReason => _stopReason();

    /// <summary>The same text for every attempt of this step, and for no other step of any process: pass it to what the step calls.</summary>
    public string IdempotencyKey => $"{ProcessId}:{RunId}:{StepNumber}";

    /// <summary>The text that the step has set; null when it has set none.</summary>
    internal string? StatusText { get; private set; }

    /// <summary>Sets the process's status text, which lists and status show. Stored when the step completes.</summary>
    /// <param name="text">At most 1,000 characters; longer text is cut.</param>
    /// <exception cref="ArgumentException">It has U+0000 or half of a surrogate pair, which no database keeps as text.</exception>
    public void SetStatus(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        StorableText.Check(text, "status text", nameof(text));
        StatusText = StorableText.Shorten(text);
    }
}
