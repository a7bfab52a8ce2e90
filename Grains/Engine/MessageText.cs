using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Grains.Engine;

/// <summary>What the history calls a message.</summary>
internal static class MessageText
{
    /// <summary>Says what it is.</summary>
    /// <returns>Such as: signal 'go'.</returns>
    public static string Of(InboxMessage message) => message.Kind switch
    {
        MessageKind.Signal => $"signal '{message.Name}'",
        MessageKind.ChildEnded => $"end of child {message.Sender}",
        var kind when kind.IsKnown() => kind.ToString(),
        var kind => $"message of the unknown kind {(int)kind}",
    };

    /// <summary>Says what it is; of a signal the id, too, by which an operator may drop it.</summary>
    /// <returns>Such as: signal 'go' with the id mail-2291.</returns>
    public static string WithId(InboxMessage message) =>
        message.Kind == MessageKind.Signal ? $"{Of(message)} with the id {EngineIds.GivenTo(message)}" : Of(message);
}
