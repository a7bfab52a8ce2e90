namespace Orleans.Workflows;

/// <summary>Why a step's cancellation token was cancelled.</summary>
public enum StopReason
{
    /// <summary>It was not.</summary>
    None = 0,

    /// <summary>The process is being killed, or its deadline has passed. What the step returns is dropped.</summary>
    Kill = 1,

    /// <summary>
    /// The step has taken longer than its timeout. If it still returns in its grace period, that counts.
    /// </summary>
    Timeout = 2,

    /// <summary>The host stops. A step that ends by its token runs again elsewhere, and no retry is used up.</summary>
    Shutdown = 3,
}
