using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Grains.Engine;

/// <summary>What a step has done beside saying what comes next.</summary>
internal sealed record StepNotes
{
    /// <summary>All outputs that were emitted until now; null when this step emitted none.</summary>
    public RawJson? Outputs { get; init; }

    /// <summary>The paths of the outputs that this step emitted, in order.</summary>
    public IReadOnlyList<string> Emitted { get; init; } = [];

    /// <summary>The lines of the report log. Those of a failed attempt are kept too.</summary>
    public IReadOnlyList<ReportLine> Reports { get; init; } = [];

    /// <summary>The pause or kill that the step asked for itself; null for none.</summary>
    public MessageKind? Control { get; init; }

    /// <summary>The text of that.</summary>
    public string? ControlText { get; init; }

    /// <summary>What the end of a step leaves besides what comes next, however it ended.</summary>
    /// <returns>The notes; null when no step has ended.</returns>
    public static StepNotes? Of(IReadOnlyList<ProcessEvent> events) => events
        .Select(static e => e switch
        {
            ProcessEvent.StepReturned returned => returned.Notes,
            ProcessEvent.StepFailed failed => new StepNotes { Reports = failed.Reports },
            ProcessEvent.StepReleased released => new StepNotes { Reports = released.Reports },
            _ => null,
        })
        .FirstOrDefault(static notes => notes is not null);
}
