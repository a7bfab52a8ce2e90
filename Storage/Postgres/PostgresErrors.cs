using Npgsql;
using Orleans.Workflows.Storage.GroupCommit;

namespace Orleans.Workflows.Storage.Postgres;

/// <summary>What PostgreSQL's errors mean.</summary>
internal static class PostgresErrors
{
    /// <summary>Says what an error means for a batch.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <returns>Its meaning.</returns>
    public static WriteFault Classify(Exception exception) => exception switch
    {
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } => WriteFault.NoRoom,
        PostgresException
        {
            SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.LockNotAvailable
                or PostgresErrorCodes.QueryCanceled or PostgresErrorCodes.OutOfMemory
        } => WriteFault.Transient,

        // The values are at fault: data, constraints, limits of the program (a row or index entry that is too large).
        PostgresException { SqlState: ['2', '2' or '3', ..] or ['5', '4', ..] } => WriteFault.Refused,

        // The surroundings are: a lost or refused connection, rights, a missing table, a standby, a server that stops.
        NpgsqlException or TimeoutException or IOException or ObjectDisposedException or OperationCanceledException => WriteFault.Lost,
        _ => WriteFault.Refused,
    };

    /// <summary>Whether a transaction may have been committed although its execution failed with an error.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <returns>False when the server said that a statement failed and went on: then it has rolled back.</returns>
    public static bool LeaveDoubt(Exception exception) =>
        exception is not PostgresException { InvariantSeverity: "ERROR" };

    /// <summary>Whether an error says that a pooled connection had died before it was used, so that another one may serve.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <returns>Whether it does.</returns>
    public static bool IsLostConnection(Exception exception) => exception is NpgsqlException { InnerException: IOException }
        or PostgresException { SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown };
}
