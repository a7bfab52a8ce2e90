namespace Orleans.Workflows.RandomPrograms.Programs;

/// <summary>When the outside sends the signal of a wait.</summary>
public enum SignalPlan
{
    /// <summary>When it sees that the process waits for it.</summary>
    AtWait = 0,

    /// <summary>As soon as the process is there.</summary>
    Early = 1,

    /// <summary>Never: the wait times out.</summary>
    Never = 2,

    /// <summary>When it sees the wait, which may time out meanwhile: either is allowed.</summary>
    Racing = 3,
}
