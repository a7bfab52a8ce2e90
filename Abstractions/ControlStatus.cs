namespace Orleans.Workflows;

/// <summary>The answer to a control: pause, play, kill, continue, retry, skip, edit, drop.</summary>
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

    /// <summary>The process has no open incident of a step, so there is nothing to retry or skip.</summary>
    RefusedNoIncident = 4,

    /// <summary>The process is not paused: its context belongs to its step.</summary>
    RefusedNotPaused = 5,

    /// <summary>The process has no such signal, or has taken it in already.</summary>
    RefusedNoSignal = 6,
}
