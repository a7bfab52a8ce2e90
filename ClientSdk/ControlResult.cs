using Orleans.Workflows.Abstractions;
using Orleans.Workflows.ClientSdk;

namespace Orleans.Workflows;

/// <summary>The answer to pause, play or kill, and the way to await its effect.</summary>
public sealed class ControlResult
{
    private readonly MessageRequest? _request;
    private readonly ClusterCalls _calls;

    internal ControlResult(ControlStatus status, MessageRequest? request, ClusterCalls calls)
    {
        Status = status;
        _request = request;
        _calls = calls;
    }

    /// <summary>The answer.</summary>
    public ControlStatus Status { get; }

    /// <summary>Waits until the process has taken the control in.</summary>
    /// <param name="cancellationToken">Ends the waiting; the control stays.</param>
    /// <returns>Applied; Refused when the process had ended, or was killed, before.</returns>
    /// <exception cref="WorkflowUnavailableException">
    /// The cluster could not be reached for the operation timeout.
    /// </exception>
    public async Task<MessageEffect> WaitForEffectAsync(CancellationToken cancellationToken = default)
    {
        if (_request is null)
        {
            return Status == ControlStatus.AlreadySo ? MessageEffect.Applied : MessageEffect.Refused;
        }

        return await new EffectWait(_calls, _request.Receiver, _request.Kind, _request.MessageId)
            .UntilTakenAsync(cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>The answer.</summary>
    /// <returns>Its name.</returns>
    public override string ToString() => Status.ToString();
}
