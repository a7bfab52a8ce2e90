using Microsoft.Extensions.Logging;

namespace Orleans.Workflows.Storage.GroupCommit;

internal sealed partial class BatchWriter
{
    [LoggerMessage(LogLevel.Warning, "{Database}: a batch of {Items} writes failed and is tried again, try {Attempt}.")]
    private static partial void LogRetry(ILogger logger, Exception exception, string database, int items, int attempt);

    [LoggerMessage(LogLevel.Error, "{Database}: a batch of {Items} writes was not stored and its callers were told. Make the database reachable or give it room.")]
    private static partial void LogNotWritten(ILogger logger, Exception exception, string database, int items);

    [LoggerMessage(LogLevel.Error, "{Database} refuses {Item} and would refuse it again; the others of its batch are not affected.")]
    private static partial void LogRefused(ILogger logger, Exception exception, string database, object item);

    [LoggerMessage(LogLevel.Warning, "{Database}: a writer's connection did not close cleanly.")]
    private static partial void LogCloseFailed(ILogger logger, Exception exception, string database);
}
