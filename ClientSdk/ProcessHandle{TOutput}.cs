using Orleans.Workflows.ClientSdk;

namespace Orleans.Workflows;

/// <summary>One process with a typed output, from outside.</summary>
/// <typeparam name="TOutput">The output.</typeparam>
public sealed class ProcessHandle<TOutput> : ProcessHandle
{
    internal ProcessHandle(ProcessId id, bool wasCreated, ClusterCalls calls, AwaitedEnd? ending)
        : base(id, wasCreated, calls, ending)
    {
    }

    /// <summary>
    /// Waits for the process's output. An incident does not end the waiting; it is logged as a warning, once.
    /// </summary>
    /// <param name="cancellationToken">Ends the waiting; the process goes on.</param>
    /// <returns>The output.</returns>
    /// <exception cref="ProcessFailedException">
    /// The process ended, but not with exit code 0; the exception has the outcome, and what the process has thrown as
    /// its cause.
    /// </exception>
    /// <exception cref="ProcessNotFoundException">There is no such process.</exception>
    /// <exception cref="PayloadException">The output cannot be read as the type.</exception>
#pragma warning disable RS0027 // The overload with a handler is another method, not a later form of this one.
    public async Task<TOutput> GetResultAsync(CancellationToken cancellationToken = default) =>
        OutputOf(await WaitAsync(cancellationToken).ConfigureAwait(false));
#pragma warning restore RS0027

    /// <summary>Waits for the process's output, and tells of incidents on the way.</summary>
    /// <param name="onIncident">
    /// Is told of each incident that the waiting meets, once. What it throws ends the waiting.
    /// </param>
    /// <param name="cancellationToken">Ends the waiting; the process goes on.</param>
    /// <returns>The output.</returns>
    /// <exception cref="ProcessFailedException">
    /// The process ended, but not with exit code 0; the exception has the outcome.
    /// </exception>
    /// <exception cref="ProcessNotFoundException">There is no such process.</exception>
    /// <exception cref="PayloadException">The output cannot be read as the type.</exception>
    public async Task<TOutput> GetResultAsync(Action<Incident> onIncident, CancellationToken cancellationToken) =>
        OutputOf(await WaitAsync(onIncident, cancellationToken).ConfigureAwait(false));

    private TOutput OutputOf(ProcessOutcome outcome) =>
        outcome is { IsSuccess: true, Output: { } output }
            ? WorkflowJson.Read<TOutput>(output, $"output of {Id}")!
            : throw new ProcessFailedException(
                $"The process {Id} is {outcome.State} with exit code {outcome.ExitCode}: {outcome.Message}",
                outcome);
}
