using Orleans.Workflows.Abstractions;

namespace Orleans.Workflows;

// What operators tell a process.
public partial class ProcessHandle
{
    /// <summary>
    /// Pauses the process: at once when it waits, at the end of its step when one runs. Timers do not fire and signals
    /// are kept meanwhile.
    /// </summary>
    /// <param name="text">
    /// Shown as the status text until it is played; null to leave that as it is. The last text of several pauses is
    /// shown.
    /// </param>
    /// <param name="tree">Whether its children that have not ended are paused with it, and theirs.</param>
    /// <param name="waitForEffect">
    /// Whether to wait until it is paused, or turns out to have ended: with a running step, until that has ended. Not
    /// for its children.
    /// </param>
    /// <param name="cancellationToken">Ends the attempts, and the waiting; the pause stays once it is stored.</param>
    /// <returns>The answer, as soon as the intent is durable or, when that is asked for, has its effect.</returns>
    /// <exception cref="ProcessNotFoundException">There is no such process.</exception>
    /// <exception cref="WorkflowUnavailableException">The cluster could not be reached in time.</exception>
    public async Task<ControlResult> PauseAsync(
        string? text = null,
        bool tree = false,
        bool waitForEffect = false,
        CancellationToken cancellationToken = default)
    {
        var answer = await ControlAsync(MessageKind.Pause, text, tree ? Tree : [], cancellationToken)
            .ConfigureAwait(false);
        if (waitForEffect)
        {
            // The commit that takes the pause in is the one that pauses.
            await answer.WaitForEffectAsync(cancellationToken).ConfigureAwait(false);
        }

        return answer;
    }

    /// <summary>Lets a paused process go on. On an incident: has the step tried again.</summary>
    /// <param name="tree">Whether its children that have not ended are played with it, and theirs.</param>
    /// <param name="cancellationToken">Ends the attempts.</param>
    /// <returns>The answer, as soon as the intent is durable.</returns>
    /// <exception cref="ProcessNotFoundException">There is no such process.</exception>
    /// <exception cref="WorkflowUnavailableException">The cluster could not be reached in time.</exception>
    public Task<ControlResult> PlayAsync(bool tree = false, CancellationToken cancellationToken = default) =>
        ControlAsync(MessageKind.Play, text: null, tree ? Tree : [], cancellationToken);

    /// <summary>
    /// Ends the process as Killed, with its children: at once when it waits, after its step's cooperation or its grace
    /// period when one runs.
    /// </summary>
    /// <remarks>
    /// While a step does not answer, <see cref="ProcessStatus.WaitingFor"/> says for how long, and when the process is
    /// killed without it; a second kill, by force, does not wait.
    /// </remarks>
    /// <param name="text">Why; kept and shown. The first text of several kills is kept.</param>
    /// <param name="force">
    /// Whether a running step is abandoned at once: what it still returns is dropped, and no hook runs. For the
    /// children too.
    /// </param>
    /// <param name="cancellationToken">Ends the attempts.</param>
    /// <returns>
    /// The answer, as soon as the intent is durable; by force, when it is done. Nothing takes an accepted kill back.
    /// </returns>
    /// <exception cref="ProcessNotFoundException">There is no such process.</exception>
    /// <exception cref="WorkflowUnavailableException">The cluster could not be reached in time.</exception>
    public Task<ControlResult> KillAsync(
        string? text = null,
        bool force = false,
        CancellationToken cancellationToken = default
    ) => ControlAsync(force ? MessageKind.ForceKill : MessageKind.Kill, text, payload: [], cancellationToken);

    /// <summary>
    /// Starts a process that was created, or is to start later. One that has started goes on as it does; one that is
    /// paused starts when it is played.
    /// </summary>
    /// <param name="cancellationToken">Ends the attempts.</param>
    /// <returns>The answer, as soon as the intent is durable, with how it ended when it already has.</returns>
    /// <exception cref="ProcessNotFoundException">There is no such process.</exception>
    /// <exception cref="WorkflowUnavailableException">The cluster could not be reached in time.</exception>
    public async Task<ContinueResult> ContinueAsync(CancellationToken cancellationToken = default)
    {
        var answer = await ControlAsync(MessageKind.Continue, text: null, payload: [], cancellationToken)
            .ConfigureAwait(false);
        var found = await _calls
            .AskAsync((gateway, token) => gateway.GetOutcomeAsync(Id, token), cancellationToken)
            .ConfigureAwait(false);
        return new ContinueResult(answer.Status, found.Outcome);
    }

    /// <summary>Resolves an incident: the step is tried again.</summary>
    /// <param name="cancellationToken">Ends the attempts.</param>
    /// <returns>The answer; <see cref="ControlStatus.RefusedNoIncident"/> when there is none.</returns>
    /// <exception cref="ProcessNotFoundException">There is no such process.</exception>
    /// <exception cref="WorkflowUnavailableException">The cluster could not be reached in time.</exception>
    public Task<ControlResult> RetryAsync(CancellationToken cancellationToken = default) =>
        ControlAsync(MessageKind.Retry, text: null, payload: [], cancellationToken);

    /// <summary>
    /// Resolves an incident of a step: the step counts as completed, and the process goes on behind it.
    /// </summary>
    /// <param name="position">
    /// The step to go on at, which gets the argument of the skipped one; null for what the outline has next. A step
    /// machine needs one.
    /// </param>
    /// <param name="cancellationToken">Ends the attempts.</param>
    /// <returns>The answer; <see cref="ControlStatus.RefusedNoIncident"/> when no step has one.</returns>
    /// <exception cref="ArgumentException">
    /// The definition has no such step, or needs one to be given; or the input or the context cannot be read, so that
    /// no other step could run.
    /// </exception>
    /// <exception cref="ProcessNotFoundException">There is no such process.</exception>
    /// <exception cref="WorkflowUnavailableException">The cluster could not be reached in time.</exception>
    public Task<ControlResult> SkipAsync(string? position = null, CancellationToken cancellationToken = default) =>
        ControlAsync(
            MessageKind.Skip,
            text: null,
            position is null ? [] : WorkflowJson.Write(position, "position"),
            cancellationToken);

    private async Task<ControlResult> ControlAsync(
        MessageKind kind,
        string? text,
        byte[] payload,
        CancellationToken cancellationToken)
    {
        var request = new MessageRequest
        {
            Receiver = Id,
            MessageId = _controlId ?? Guid.CreateVersion7().ToString("N"),
            Kind = kind,
            Name = text,
            Payload = payload,
        };
        MessageReply reply;
        try
        {
            reply = await _calls.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (ArgumentOutOfRangeException e) when (kind is MessageKind.EditInput or MessageKind.Drop)
        {
            // The kind is what is out of range, and this client has checked it already: the gateway is of before there
            // was such a control.
            throw new ArgumentException(
                $"The silo that was asked is of an older version, which does not know the control {kind}: nothing was "
                + "stored. "
                + "Try again when all silos are of this version.",
                e);
        }

        if (kind.IsKill())
        {
            // A step that holds its thread keeps its activation from telling the end, so those who wait ask from now
            // on.
            _calls.EndOf(Id).AskAgain();
        }

        return reply switch
        {
            { Status: MessageStatus.NotFound } => throw NotFound(Id),
            { Status: MessageStatus.Refused, Faults: [var fault, ..] } => throw new ArgumentException(
                fault, CauseOf(reply.Faults)),
            _ => new ControlResult(
                reply.Control,
                reply.Status is MessageStatus.Terminal or MessageStatus.Refused ? null : request,
                _calls),
        };
    }
    /// <summary>The faults of a value, path by path, where the refusal has them behind its text.</summary>
    private static PortValidationException? CauseOf(IReadOnlyList<string> faults) =>
        faults.Count < 2 ? null : new PortValidationException(faults[0])
        {
            Faults = [.. faults.Skip(1).Select(PortFault.Parse)],
        };
}
