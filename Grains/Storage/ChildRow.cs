namespace Orleans.Workflows.Grains.Storage;

/// <summary>A child's end, as its parent reads it.</summary>
/// <param name="Id">The child.</param>
/// <param name="Index">Its place among the children of its step.</param>
/// <param name="State">Its state.</param>
/// <param name="ExitCode">Its exit code, once it ended.</param>
/// <param name="Output">Its output.</param>
/// <param name="Failure">Its failure and message, as in <see cref="ProcessRow.Failure"/>.</param>
/// <param name="FinishedAt">When it ended.</param>
public sealed record ChildRow(
    ProcessId Id,
    int Index,
    ProcessState State,
    int? ExitCode,
    byte[]? Output,
    byte[]? Failure,
    DateTimeOffset? FinishedAt);
