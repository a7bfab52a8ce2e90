using Microsoft.Extensions.Logging;

namespace Orleans.Workflows.Storage.Postgres;

public sealed partial class PostgresProcessStore
{
    private const string Consequence =
        "steps that were completed would run again, and signals be lost, when the server or its machine fails";

    [LoggerMessage(
        400086,
        LogLevel.Warning,
        "{Database} may lose what it has acknowledged, because of {Settings}: " + Consequence + ".")]
    private static partial void LogNotDurable(ILogger logger, string database, string settings);
}
