using Npgsql;
using Orleans.Workflows.Linked;
using Orleans.Workflows.Storage.GroupCommit;

namespace Orleans.Workflows.Storage.Postgres;

/// <summary>What PostgreSQL's errors mean.</summary>
internal static class PostgresErrors
{
    /// <summary>Says what an error means for a batch.</summary>
    public static WriteFault Classify(Exception exception) => exception switch
    {
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } => WriteFault.NoRoom,
        PostgresException
        {
            SqlState: PostgresErrorCodes.DeadlockDetected
                or PostgresErrorCodes.SerializationFailure
                or PostgresErrorCodes.QueryCanceled
                or PostgresErrorCodes.OutOfMemory
        } => WriteFault.Transient,
        PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable } => WriteFault.Locked,

        // The values are at fault: data, constraints, limits of the program (a row or index entry that is too large).
        PostgresException { SqlState: ['2', '2' or '3', ..] or ['5', '4', ..] } => WriteFault.Refused,

        // A trigger or a view of somebody's refuses a row, or its page or its index entry is damaged.
        PostgresException
        {
            InvariantSeverity: "ERROR",
            SqlState: ['P', '0', ..]
                or ['4', '4', ..]
                or PostgresErrorCodes.DataCorrupted
                or PostgresErrorCodes.IndexCorrupted
        } => WriteFault.Refused,

        _ when IsOfValue(exception) => WriteFault.Refused,

        // A statement failed and the session goes on: by rights, a part of a table that cannot be read, a mistake in
        // somebody's trigger or policy. Whether one row is at fault or the database for all, the error does not say.
        PostgresException
        {
            InvariantSeverity: "ERROR",
            SqlState: ['4', '2', ..]
                or ['5', '8', ..]
                or ['5', '5', ..]
                or ['3', '8' or '9', ..]
                or ['2', '1' or '7' or 'F', ..]
                or ['0', '9', ..]
                or ['X', 'X', ..]
        } => WriteFault.Unclear,

        // The surroundings are: a lost or refused connection, one that died unused, a standby, a server that stops.
        _ => WriteFault.Lost,
    };

    /// <summary>Whether a transaction may have been committed although its execution failed with an error.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <param name="isOpen">Whether the connection can still be used.</param>
    /// <returns>
    /// False when the server said that a statement failed and went on, also because it took too long: then it has
    /// rolled back. False too when a value could not be sent.
    /// </returns>
    public static bool LeaveDoubt(Exception exception, bool isOpen) =>
        exception is not PostgresException { InvariantSeverity: "ERROR" } && !IsOfValue(exception)
        && !(isOpen && exception.InnerException is TimeoutException);

    /// <summary>
    /// Whether the driver has lost count of what the server answers. A statement that failed while it was prepared can
    /// leave a connection so, which then answers each call with what the one before it had asked for.
    /// </summary>
    /// <returns>Whether it has: the driver has no type of its own for that.</returns>
    public static bool IsConfused(Exception exception) =>
        exception.GetType() == typeof(Exception) && exception.Source == "Npgsql";

    /// <summary>
    /// Whether an error says that a pooled connection had died before it was used, so that another one may serve.
    /// </summary>
    public static bool IsLostConnection(Exception exception) =>
        exception
            is NpgsqlException { InnerException: IOException }
                or PostgresException
            {
                SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown
            };

    /// <summary>Says what is wrong. Of several servers each may have its own reason not to be the one.</summary>
    public static string TextOf(Exception exception)
    {
        var text = exception switch
        {
            NpgsqlException { InnerException: AggregateException several } =>
                string.Join("; ", several.InnerExceptions.Select(static e => Sentence.Inside(e.Message)).Distinct()),

            // Its own text ends with what it keeps to itself, and how a program would get that.
            PostgresException said => $"{said.SqlState}: {said.MessageText}",

            // What Npgsql says when all of them answered.
            NpgsqlException { InnerException: null, Message: "No suitable host was found." } =>
                "none of its servers is a primary",
            _ => exception.Message,
        };
        return Sentence.Ended(text);
    }

    /// <summary>Whether Npgsql could not write a value, half of a surrogate pair for example.</summary>
    private static bool IsOfValue(Exception exception) =>
        exception is ArgumentException or InvalidCastException or OverflowException;
}
