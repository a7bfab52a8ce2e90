namespace Orleans.Workflows.CrashHost.Storm.Faults;

/// <summary>What happens to the cluster.</summary>
public enum FaultKind
{
    /// <summary>A silo is killed (SIGKILL), and started again at once.</summary>
    KillSilo,

    /// <summary>A silo stands still for 20 seconds (SIGSTOP), and goes on as if nothing had been.</summary>
    FreezeSilo,

    /// <summary>A client is killed (SIGKILL), and started again at once.</summary>
    KillClient,

    /// <summary>PostgreSQL is stopped in order, and started again after some seconds.</summary>
    RestartDatabase,

    /// <summary>PostgreSQL drops everything, and recovers from its log.</summary>
    CrashDatabase,

    /// <summary>PostgreSQL ends every connection (pg_terminate_backend).</summary>
    TerminateConnections,

    /// <summary>The network between a silo and the other silos is cut.</summary>
    CutFromSilos,

    /// <summary>The network between a silo and the database is cut.</summary>
    CutFromDatabase,

    /// <summary>A silo's network is cut, from silos, clients and the database.</summary>
    CutOff,

    /// <summary>A silo is started again with a clock that is minutes wrong, or right again.</summary>
    SkewSilo,

    /// <summary>A silo's clock jumps by minutes while it runs.</summary>
    JumpSilo,

    /// <summary>The database's clock jumps by minutes.</summary>
    JumpDatabase,

    /// <summary>A silo stands still for one to two minutes (SIGSTOP), and goes on as if nothing had been.</summary>
    FreezeLong,

    /// <summary>
    /// A silo stands still in the midst of a transaction, with locks, until the others have done without it for a
    /// while.
    /// </summary>
    FreezeInTransaction,

    /// <summary>A session of somebody else locks some rows of running processes for ten to thirty seconds.</summary>
    StrangersLock,
}
