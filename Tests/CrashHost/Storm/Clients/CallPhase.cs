namespace Orleans.Workflows.CrashHost.Storm.Clients;

/// <summary>How far a call is.</summary>
public enum CallPhase
{
    /// <summary>It begins.</summary>
    Invoke,

    /// <summary>It was answered.</summary>
    Ok,

    /// <summary>It was refused.</summary>
    Fail,

    /// <summary>It was given up without an answer: it may have had its effect, or have it later.</summary>
    Unknown,
}
