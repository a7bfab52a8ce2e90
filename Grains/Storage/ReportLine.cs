namespace Orleans.Workflows.Grains.Storage;

/// <summary>A line that a turn of a process reports.</summary>
/// <param name="At">When.</param>
/// <param name="Level">How much it matters.</param>
/// <param name="Position">The position of the step.</param>
/// <param name="Attempt">The attempt of the step.</param>
/// <param name="Text">The line.</param>
public readonly record struct ReportLine(
    DateTimeOffset At,
    ReportLevel Level,
    string Position,
    int Attempt,
    string Text);
