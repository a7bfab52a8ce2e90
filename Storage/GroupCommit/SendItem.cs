using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Storage.GroupCommit;

/// <summary>A client's message to a process.</summary>
internal sealed class SendItem(InboxMessage message) : WriteItem<SendResult>(message.Receiver)
{
    /// <summary>The message.</summary>
    public InboxMessage Message { get; } = message;

    /// <inheritdoc/>
    public override bool IsUrgent => true;

    /// <inheritdoc/>
    public override Touched Touches => Touched.Message;

    /// <inheritdoc/>
    public override long SizeBytes => Message.Payload.Length;

    /// <inheritdoc/>
    public override string ToString() => $"message {Message.MessageId} to process {Id}";
}
