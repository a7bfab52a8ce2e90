using Microsoft.Extensions.Logging;

namespace Orleans.Workflows.Storage.GroupCommit;

internal sealed partial class BatchExecutor
{
    /// <summary>How often a writer says at most that it cannot write.</summary>
    private static readonly TimeSpan SayAgain = TimeSpan.FromSeconds(30);

    private long _retrySaidAt;
    private long _notWrittenSaidAt;

    /// <summary>
    /// Whether it is time to say that nothing can be written: a database that is away for long is no news with each
    /// try.
    /// </summary>
    private bool MaySay(WriteFault fault, ref long saidAt)
    {
        // Of a lock on a whole table the line that names who has it has said everything.
        var isSaid = fault is WriteFault.Locked && _ofEverything is not null;
        if (isSaid || (saidAt != 0 && timeProvider.GetElapsedTime(saidAt) < SayAgain))
        {
            return false;
        }

        saidAt = timeProvider.GetTimestamp();
        return true;
    }

    [LoggerMessage(
        400080,
        LogLevel.Warning,
        "{Database}: a batch of {Items} writes failed and is tried again, try {Attempt}."
    )]
    private static partial void LogRetry(
        ILogger logger,
        Exception exception,
        string database,
        int items,
        int attempt);

    [LoggerMessage(
        400081,
        LogLevel.Error,
        "{Database}: a batch of {Items} writes was not stored and its callers were told. Make the database reachable "
        + "or give it room."
    )]
    private static partial void LogNotWritten(ILogger logger, Exception exception, string database, int items);

    [LoggerMessage(
        400082,
        LogLevel.Error,
        "{Database} refuses {Item} and would refuse it again; the others of its batch are not affected."
    )]
    private static partial void LogRefused(ILogger logger, Exception exception, string database, object item);

    [LoggerMessage(
        400083,
        LogLevel.Warning,
        "{Database}: {Items} writes of a batch wait for locks of other sessions; the others go on. The first is "
        + "{Item}: {Holder}."
    )]
    private static partial void LogLocked(ILogger logger, string database, int items, object item, string holder);

    [LoggerMessage(
        400084,
        LogLevel.Error,
        "{Database}: nothing can be written, because of a lock on a whole table: {Holder}. End that session, or let it "
        + "come to its end."
    )]
    private static partial void LogEverythingLocked(ILogger logger, string database, string holder);

    [LoggerMessage(400085, LogLevel.Warning, "{Database}: a writer's connection did not close cleanly.")]
    private static partial void LogCloseFailed(ILogger logger, Exception exception, string database);
}
