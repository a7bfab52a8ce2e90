using Orleans.Workflows.Abstractions;

namespace Orleans.Workflows.ClientSdk;

/// <summary>What a call was to store, and how it is made again when nobody knows whether it did.</summary>
/// <param name="Process">The process that was to be started, or the receiver.</param>
/// <param name="MessageId">The id of the signal or control; null for a start.</param>
/// <param name="Again">How the same call is made again.</param>
internal sealed record Doubt(ProcessId Process, string? MessageId, string Again)
{
    /// <summary>Of a start.</summary>
    public static Doubt OfStart(ProcessId id) =>
        new(
            id,
            null,
            $"Whether the process '{id}' was stored is not known: start it again with this id and "
            + "IfExists.UseExisting, which makes no second one.");

    /// <summary>Of a signal or control.</summary>
    public static Doubt Of(MessageRequest request) =>
        new(
            request.Receiver,
            request.MessageId,
            $"Whether the {request.Kind} to the process '{request.Receiver}' was stored is not known: send it again "
            + "with "
                + $"{(request.Kind == MessageKind.Signal ? "the signal's id" : "WithControlId and")} "
                + $"'{request.MessageId}', which has no second effect.");

    /// <summary>The call had no answer in time.</summary>
    public WorkflowUnavailableException Unavailable(string text, Exception cause) =>
        new($"{text} {Again}", cause) { ProcessId = Process, MessageId = MessageId };

    /// <summary>The call was cancelled.</summary>
    public CallCanceledException Canceled(string text, Exception cause, CancellationToken cancellationToken) =>
        new($"{text} {Again}", cause, cancellationToken) { ProcessId = Process, MessageId = MessageId };
}
