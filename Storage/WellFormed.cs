using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Storage;

/// <summary>What every store demands of a write before it takes it: a violation is the caller's mistake.</summary>
internal static class WellFormed
{
    /// <summary>The longest id of a message, in characters.</summary>
    public const int MaxMessageId = 1_200;

    /// <summary>Checks a commit.</summary>
    /// <exception cref="ArgumentException">It contradicts itself.</exception>
    public static void Check(ProcessCommit commit)
    {
        ArgumentNullException.ThrowIfNull(commit);
        var row = commit.Row;
        if (row.Version != commit.ExpectedVersion + 1)
        {
            throw new ArgumentException(
                $"The commit of process {row.Id} makes version {row.Version} of version {commit.ExpectedVersion}: a "
                + "commit adds exactly 1.",
                nameof(commit));
        }

        if (commit.Children.FirstOrDefault(static c => c.Id.Value.Length == 0 || c.Version != 1) is { } child)
        {
            throw new ArgumentException(
                $"The child '{child.Id}' in a commit of process {row.Id} has no id or not version 1: give both.",
                nameof(commit));
        }

        if (commit.History.Count == 0 || commit.OperationId == Guid.Empty || row.Id.Value.Length == 0)
        {
            throw new ArgumentException(
                $"The commit of process '{row.Id}' lacks its id, its operation id or its history: give all three.",
                nameof(commit));
        }
    }

    /// <summary>Checks a client's message.</summary>
    /// <exception cref="ArgumentException">Its id is too short or too long.</exception>
    public static void Check(InboxMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (message.MessageId.Length is 0 or > MaxMessageId)
        {
            throw new ArgumentException(
                $"A message to process {message.Receiver} has an id of {message.MessageId.Length} characters: give 1 "
                + $"to {MaxMessageId}.",
                nameof(message));
        }
    }
}
