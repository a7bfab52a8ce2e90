namespace Orleans.Workflows.Shared.Postgres;

/// <summary>How a server stops.</summary>
public enum PostgresStop
{
    /// <summary>It ends every connection, rolls back what is open, and shuts down in order.</summary>
    Fast,

    /// <summary>It drops everything at once; the next start recovers from the log, as after a crash.</summary>
    Immediate,
}
