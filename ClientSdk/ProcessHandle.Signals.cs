using Orleans.Workflows.Abstractions;
using Orleans.Workflows.ClientSdk;

namespace Orleans.Workflows;

/// <summary>Its signals.</summary>
public partial class ProcessHandle
{
    /// <summary>
    /// Sends a signal. It is durable when the task completes; the process gets it once, also if it does not wait for it
    /// yet.
    /// </summary>
    /// <typeparam name="TSignal">The payload.</typeparam>
    /// <param name="name">The signal's name, 1 to 200 characters.</param>
    /// <param name="payload">The payload.</param>
    /// <param name="signalId">
    /// Identifies the signal for as long as the process exists: the same id again has no second effect. Null for a new
    /// one.
    /// </param>
    /// <param name="cancellationToken">
    /// Ends the attempts. The signal may or may not have been stored then; the exception has its id, and the same id
    /// tells.
    /// </param>
    /// <returns>
    /// Whether this call stored it, and what may be wrong: a name that the process never waits for.
    /// </returns>
    /// <exception cref="ProcessNotFoundException">There is no such process.</exception>
    /// <exception cref="InvalidProcessStateException">The process has ended.</exception>
    /// <exception cref="PayloadException">
    /// The payload cannot be written, is larger than 4 MiB or nests more than 64 deep, has half of a surrogate pair, or
    /// is null and the step that gets it, where that is known, needs one.
    /// </exception>
    /// <exception cref="WorkflowOverloadedException">
    /// The process has signals of 64 MiB that it has not taken (<see cref="WorkflowLimits.MaxInboxBytes"/>): nothing
    /// was stored.
    /// </exception>
    /// <exception cref="WorkflowUnavailableException">
    /// The cluster could not be reached in time; it has the id with which the signal can be sent again.
    /// </exception>
    /// <exception cref="CallCanceledException">
    /// The token was cancelled while nobody knew whether the signal was stored; as above.
    /// </exception>
    public Task<SignalResult> SignalAsync<TSignal>(
        string name,
        TSignal payload,
        string? signalId = null,
        CancellationToken cancellationToken = default) =>
        SendAsync(
            name,
            WorkflowJson.Write(payload, $"signal '{name}'"),
            isChecked: false,
            signalId,
            cancellationToken);

    /// <summary>Sends a signal without a payload, under a new id.</summary>
    /// <remarks>
    /// With an id of one's own: <see cref="SignalJsonAsync"/> with an empty payload. There is no overload for it, which
    /// could be taken for that with a payload that is text.
    /// </remarks>
    /// <param name="name">The signal's name, 1 to 200 characters.</param>
    /// <returns>That this call stored it, and what may be wrong.</returns>
    /// <exception cref="PayloadException">The step that gets it, where that is known, needs a payload.</exception>
    /// <exception cref="WorkflowException">As with a payload.</exception>
    public Task<SignalResult> SignalAsync(string name) => SignalAsync(name, CancellationToken.None);

    /// <summary>Sends a signal without a payload, under a new id.</summary>
    /// <param name="name">The signal's name, 1 to 200 characters.</param>
    /// <param name="cancellationToken">Ends the attempts, as with a payload.</param>
    /// <returns>That this call stored it, and what may be wrong.</returns>
    /// <exception cref="PayloadException">The step that gets it, where that is known, needs a payload.</exception>
    /// <exception cref="WorkflowException">As with a payload.</exception>
    public Task<SignalResult> SignalAsync(string name, CancellationToken cancellationToken) =>
        SendAsync(name, [], isChecked: false, signalId: null, cancellationToken);

    /// <summary>Sends a signal whose payload is JSON already.</summary>
    /// <param name="name">The signal's name, 1 to 200 characters.</param>
    /// <param name="payload">UTF-8 JSON; empty for none.</param>
    /// <param name="signalId">Identifies the signal for as long as the process exists. Null for a new one.</param>
    /// <param name="cancellationToken">Ends the attempts.</param>
    /// <returns>Whether this call stored it, and what may be wrong.</returns>
    /// <exception cref="PayloadException">
    /// The payload is no JSON in UTF-8, is larger than 4 MiB or nests more than 64 deep, has half of a surrogate
    /// pair, or is not what the step that gets it can read, or missing where it needs one, where that step is known.
    /// </exception>
    /// <exception cref="WorkflowException">As <see cref="SignalAsync{TSignal}"/>.</exception>
    public Task<SignalResult> SignalJsonAsync(
        string name,
        byte[] payload,
        string? signalId = null,
        CancellationToken cancellationToken = default
    ) => SendAsync(name, payload, isChecked: true, signalId, cancellationToken);

    /// <summary>
    /// Drops a signal that the process has not taken in, with an entry in its history: one that its step cannot read,
    /// for example. Those behind it move up. An incident stays until it is retried.
    /// </summary>
    /// <param name="signalId">The id with which the signal was sent; the incident names it.</param>
    /// <param name="note">Who drops it and why, for the history; null for no note. At most 1,000 characters.</param>
    /// <param name="cancellationToken">Ends the attempts.</param>
    /// <returns>
    /// The answer; <see cref="ControlStatus.RefusedNoSignal"/> when the process has no such signal, or has taken it in.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// It is no id that a signal can have; or a silo of an older version lives.
    /// </exception>
    /// <exception cref="ProcessNotFoundException">There is no such process.</exception>
    /// <exception cref="WorkflowUnavailableException">The cluster could not be reached in time.</exception>
    public Task<ControlResult> DropSignalAsync(
        string signalId,
        string? note = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(signalId);
        RequestChecks.CheckMessage(Id, MessageKind.Signal, signalId);
        return ControlAsync(MessageKind.Drop, note, WorkflowJson.Write(signalId, "signal id"), cancellationToken);
    }

    private async Task<SignalResult> SendAsync(
        string name,
        byte[] payload,
        bool isChecked,
        string? signalId,
        CancellationToken cancellationToken)
    {
        var request = new MessageRequest
        {
            Receiver = Id,
            MessageId = signalId ?? Guid.CreateVersion7().ToString("N"),
            Kind = MessageKind.Signal,
            Name = name,
            Payload = payload,
            Call = signalId is null ? null : ProcessId.New(),
            Checked = isChecked,
        };
        var reply = await _calls.SendAsync(request, cancellationToken).ConfigureAwait(false);
        return reply.Status switch
        {
            MessageStatus.Stored => new SignalResult(Id, name, wasStored: true, reply.AwaitedNames),

            // A new id is nobody else's: what is known under it, an earlier try of this very call has stored.
            MessageStatus.Duplicate => new SignalResult(
                Id,
                name,
                wasStored: signalId is null,
                reply.AwaitedNames),
            MessageStatus.NotFound => throw NotFound(Id),
            MessageStatus.Refused when reply.IsFull => throw new WorkflowOverloadedException(
                string.Join(" ", reply.Faults)),
            MessageStatus.Refused => throw new PayloadException(string.Join(" ", reply.Faults)),
            _ => throw new InvalidProcessStateException(
                $"The process {Id} is {reply.State}: the signal '{name}' comes too late.")
            {
                ProcessId = Id,
                State = reply.State,
            },
        };
    }

    /// <summary>Waits until the process has taken a signal in.</summary>
    /// <param name="signalId">The id with which the signal was sent.</param>
    /// <param name="onKept">
    /// Is told once when the process keeps the signal until it waits for it; null for nobody.
    /// </param>
    /// <param name="onIncident">
    /// Is told of each incident that the wait meets, for which the process takes nothing in, and ends the wait by
    /// throwing; null for a line in the log.
    /// </param>
    /// <param name="cancellationToken">Ends the waiting; the signal stays.</param>
    /// <returns>
    /// Applied; Refused when the process ended before, needs a payload that the signal does not have, or has no signal
    /// with the id, and when an operator dropped it. One that its step cannot read is an incident, and is waited for.
    /// </returns>
    /// <exception cref="WorkflowUnavailableException">
    /// The cluster could not be reached for the operation timeout.
    /// </exception>
    public Task<MessageEffect> WaitForSignalAsync(
        string signalId,
        Action? onKept = null,
        Action<Incident>? onIncident = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(signalId);
        return new EffectWait(_calls, Id, MessageKind.Signal, signalId)
        {
            OnKept = onKept,
            OnIncident = onIncident,
        }.UntilTakenAsync(cancellationToken);
    }
}
