using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Grains.Engine;

/// <summary>
/// A process in memory: its row, what the row's checkpoint says, its open messages, and what this activation does with
/// it.
/// </summary>
internal sealed record EngineState
{
    /// <summary>The row as it was committed last. Its checkpoint bytes are those of <see cref="Checkpoint"/>.</summary>
    public required ProcessRow Row { get; init; }

    /// <summary>The checkpoint.</summary>
    public required Checkpoint Checkpoint { get; init; }

    /// <summary>Messages that are unseen or parked, by rising sequence.</summary>
    public Inbox Inbox { get; init; } = Inbox.Empty;

    /// <summary>Whether this activation runs the current step.</summary>
    public bool InFlight { get; init; }

    /// <summary>Whether the row was loaded as running and its step was not taken over yet.</summary>
    public bool NotTakenOver { get; init; }

    /// <summary>Whether the running step was told to stop for a kill or a deadline.</summary>
    public bool Doomed { get; init; }

    /// <summary>A process as an activation finds it.</summary>
    /// <exception cref="System.Text.Json.JsonException">
    /// The checkpoint cannot be read, or does not fit the row.
    /// </exception>
    public static EngineState Load(LoadedProcess loaded)
    {
        var checkpoint = CheckpointOf(loaded.Row);
        return new EngineState
        {
            Row = checkpoint.Input is { } changed ? loaded.Row with { Input = changed.Utf8 } : loaded.Row,
            Checkpoint = checkpoint,
            Inbox = Inbox.Of(loaded.Inbox),
            NotTakenOver = loaded.Row is { State: ProcessState.Running, Paused: false },
        };
    }

    /// <summary>Reads the checkpoint of a row.</summary>
    /// <exception cref="System.Text.Json.JsonException">
    /// The checkpoint cannot be read, or does not fit the row.
    /// </exception>
    public static Checkpoint CheckpointOf(ProcessRow row)
    {
        var checkpoint = Checkpoint.Read(row.Checkpoint);
        return
            row.State is ProcessState.Created or ProcessState.Waiting
            && checkpoint is { Wait: null, Format: <= Checkpoint.CurrentFormat }
            ? throw new System.Text.Json.JsonException(
                $"The process is {row.State}, and its checkpoint does not say what it waits for.")
            : checkpoint;
    }

    /// <summary>
    /// When something is due by time alone; null for never. A step that was told to stop has its grace period instead.
    /// </summary>
    public DateTimeOffset? NextTime =>
        Row.State.IsTerminal() ? null
        : InFlight || NotTakenOver ? (Doomed ? null : Checkpoint.Deadline)
        : Row.DueAt;

    /// <summary>How the process ended; null while it lives.</summary>
    public ProcessOutcome? Outcome => OutcomeOf(Row);

    /// <summary>How a process ended, by its row.</summary>
    /// <returns>The outcome; null while the process lives.</returns>
    public static ProcessOutcome? OutcomeOf(ProcessRow row)
    {
        if (!row.State.IsTerminal())
        {
            return null;
        }

        var ending = Ending.Read(row.Failure);
        return new ProcessOutcome
        {
            Id = row.Id,
            State = row.State,
            ExitCode = row.ExitCode ?? EngineExitCodes.Success,
            Message = ending.Message,
            ExitLabel = ending.Label ?? EngineExitCodes.LabelOf(row.ExitCode ?? EngineExitCodes.Success),
            Failure = ending.Failure,
            Output = row.Output,
            FinishedAt = row.FinishedAt ?? row.UpdatedAt,
        };
    }
}
