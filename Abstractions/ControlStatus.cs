namespace Orleans.Workflows.Abstractions;

/// <summary>The answer to pause, play and kill.</summary>
public enum ControlStatus
{
    /// <summary>The intent is durable and will have its effect.</summary>
    Accepted = 0,

    /// <summary>The process is already so, or the same intent is already on its way.</summary>
    AlreadySo = 1,

    /// <summary>The process has ended.</summary>
    RefusedTerminal = 2,

    /// <summary>The process is being killed, which nothing takes back.</summary>
    RefusedBeingKilled = 3,
}
