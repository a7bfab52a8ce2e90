namespace Orleans.Workflows.CrashHost.Storm.Clients;

/// <summary>What a client of the storm asked for.</summary>
public enum CallKind
{
    /// <summary>Start a process, or find that this client has started it before.</summary>
    Start,

    /// <summary>Start the same process again, which must find it.</summary>
    StartAgain,

    /// <summary>Start a process under an id that is taken, which must fail.</summary>
    StartTaken,

    /// <summary>Send a signal.</summary>
    Signal,

    /// <summary>Pause.</summary>
    Pause,

    /// <summary>Play.</summary>
    Play,

    /// <summary>Have a step tried again that lost its silo too often.</summary>
    Retry,

    /// <summary>Kill.</summary>
    Kill,

    /// <summary>Wait for the end.</summary>
    Result,

    /// <summary>Nothing any more: the client is done with the process.</summary>
    Done,
}
