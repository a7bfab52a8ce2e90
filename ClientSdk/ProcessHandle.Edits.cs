namespace Orleans.Workflows;

/// <content>Changes of what a paused process remembers.</content>
public partial class ProcessHandle
{
    /// <summary>
    /// Changes the context of a paused process, with an entry in its history. An incident stays until the step is tried
    /// again.
    /// </summary>
    /// <param name="mergePatch">
    /// A JSON merge patch (RFC 7396): <c>{"attempts":0,"error":null}</c> sets one member and removes another.
    /// </param>
    /// <param name="note">Why, for the history; null for no note. At most 1,000 characters.</param>
    /// <param name="cancellationToken">Ends the attempts.</param>
    /// <returns>The answer; <see cref="ControlStatus.RefusedNotPaused"/> when it is not paused.</returns>
    /// <exception cref="ArgumentException">
    /// The changed context could not be read by the definition. Its inner exception is a
    /// <see cref="PortValidationException"/> that has each fault with its path.
    /// </exception>
    /// <exception cref="PayloadException">
    /// The patch is not JSON, is larger than 4 MiB or nests more than 64 deep, or has half of a surrogate pair.
    /// </exception>
    /// <exception cref="ProcessNotFoundException">There is no such process.</exception>
    /// <exception cref="WorkflowUnavailableException">The cluster could not be reached in time.</exception>
    public Task<ControlResult> EditContextAsync(
        string mergePatch,
        string? note = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(mergePatch);
        var patch = WorkflowJson.FromText(mergePatch, "merge patch");
        return ControlAsync(MessageKind.Edit, note, patch, cancellationToken);
    }

    /// <summary>
    /// Changes the input of a paused process, with an entry in its history. An incident stays until the step is tried
    /// again.
    /// </summary>
    /// <remarks>
    /// For an input that the definition cannot read any more. The changed input is checked as that of a start is.
    /// </remarks>
    /// <param name="mergePatch">
    /// A JSON merge patch (RFC 7396); the whole input when the stored one is not a JSON object.
    /// </param>
    /// <param name="note">Why, for the history; null for no note. At most 1,000 characters.</param>
    /// <param name="cancellationToken">Ends the attempts.</param>
    /// <returns>The answer; <see cref="ControlStatus.RefusedNotPaused"/> when it is not paused.</returns>
    /// <exception cref="ArgumentException">
    /// The changed input has faults, which the inner exception, a <see cref="PortValidationException"/>, has each with
    /// its path; no live silo has the process's type to check it; or a silo of an older version lives.
    /// </exception>
    /// <exception cref="PayloadException">The patch is not JSON, or larger than 4 MiB.</exception>
    /// <exception cref="ProcessNotFoundException">There is no such process.</exception>
    /// <exception cref="WorkflowUnavailableException">The cluster could not be reached in time.</exception>
    public Task<ControlResult> EditInputAsync(
        string mergePatch,
        string? note = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(mergePatch);
        return ControlAsync(
            MessageKind.EditInput,
            note,
            WorkflowJson.FromText(mergePatch, "merge patch"),
            cancellationToken);
    }
}
