using Orleans.Workflows.Linked;

namespace Orleans.Workflows.ClientSdk;

/// <summary>Waits until a process has taken a signal or control in.</summary>
internal sealed class EffectWait(ClusterCalls calls, ProcessId receiver, MessageKind kind, string messageId)
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(1);

    /// <summary>Is told once when the process keeps it until it waits for it; null for nobody.</summary>
    public Action? OnKept { get; init; }

    /// <summary>
    /// Is told of each incident that the wait of a signal meets, and ends it by throwing; null for a line in the log.
    /// Controls are taken in beside an incident.
    /// </summary>
    public Action<Incident>? OnIncident { get; init; }

    /// <summary>Waits.</summary>
    /// <returns>
    /// Applied; Refused when the process ended before, could make nothing of it, or has no such message.
    /// </returns>
    /// <exception cref="WorkflowUnavailableException">No answer within the operation timeout.</exception>
    public async Task<MessageEffect> UntilTakenAsync(CancellationToken cancellationToken)
    {
        var (wasKept, met) = (false, ((DateTimeOffset, int)?)null);
        for (var delay = TimeSpan.FromMilliseconds(10); ; delay = BackOff.After(delay, LongestDelay))
        {
            var reply = await calls
                .AskAsync(
                    (gateway, token) => gateway.GetEffectAsync(receiver, kind, messageId, token),
                    cancellationToken)
                .ConfigureAwait(false);
            if (reply is { Found: false })
            {
                return MessageEffect.Refused;
            }

            if (reply.Effect is MessageEffect.Applied or MessageEffect.Refused)
            {
                return reply.Effect;
            }

            if (reply.Effect == MessageEffect.Kept && !wasKept)
            {
                wasKept = true;
                OnKept?.Invoke();
            }

            // What was taken at once has cost no look at the process.
            if (kind == MessageKind.Signal && (wasKept || delay == LongestDelay))
            {
                met = await TellAsync(met, cancellationToken).ConfigureAwait(false);
            }

            await Task.Delay(delay, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>An incident is told once, and again when it is another, as by whoever waits for the end.</summary>
    private async Task<(DateTimeOffset, int)?> TellAsync(
        (DateTimeOffset, int)? told,
        CancellationToken cancellationToken)
    {
        var reply = await calls
            .AskAsync((gateway, token) => gateway.GetOutcomeAsync(receiver, token), cancellationToken)
            .ConfigureAwait(false);
        if (reply.Incident is not { } incident || (incident.OpenedAt, incident.Attempts) == told)
        {
            return told;
        }

        (OnIncident ?? calls.Tell(receiver))(incident);
        return (incident.OpenedAt, incident.Attempts);
    }
}
