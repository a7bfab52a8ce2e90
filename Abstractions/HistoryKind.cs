namespace Orleans.Workflows;

/// <summary>What happened to a process. The numbers are stored and never change.</summary>
public enum HistoryKind
{
    /// <summary>The process was stored.</summary>
    Created = 1,

    /// <summary>Its first step was scheduled.</summary>
    Started = 2,

    /// <summary>A step completed.</summary>
    StepCompleted = 3,

    /// <summary>An attempt of a step failed.</summary>
    StepFailed = 4,

    /// <summary>The next attempt was scheduled.</summary>
    RetryScheduled = 5,

    /// <summary>An interrupted step was picked up again.</summary>
    Resumed = 6,

    /// <summary>The host stopped in time and gave the process back.</summary>
    Released = 7,

    /// <summary>It began to wait.</summary>
    WaitStarted = 8,

    /// <summary>A signal ended a wait.</summary>
    SignalReceived = 9,

    /// <summary>A time for which it waited came.</summary>
    TimerFired = 10,

    /// <summary>Children were started.</summary>
    ChildrenStarted = 11,

    /// <summary>A child ended.</summary>
    ChildEnded = 12,

    /// <summary>It was paused.</summary>
    Paused = 13,

    /// <summary>It was played.</summary>
    Played = 14,

    /// <summary>It was killed.</summary>
    Killed = 15,

    /// <summary>It finished.</summary>
    Finished = 16,

    /// <summary>It ended by an error.</summary>
    Excepted = 17,

    /// <summary>An incident was opened.</summary>
    IncidentOpened = 18,

    /// <summary>An incident was resolved.</summary>
    IncidentResolved = 19,

    /// <summary>A message came too late, or made no sense in the state that the process was in.</summary>
    MessageRefused = 20,

    /// <summary>A message came before the process waited for it, and is kept.</summary>
    MessageKept = 21,

    /// <summary>A process that was created and not started, or was to start later, was told to start.</summary>
    Continued = 22,

    /// <summary>A step was taken as completed by an operator, without having run to its end.</summary>
    StepSkipped = 23,

    /// <summary>An operator changed the context. The text is the operator's note and the change.</summary>
    ContextEdited = 24,

    /// <summary>A step emitted outputs. The text is their paths.</summary>
    OutputsEmitted = 25,

    /// <summary>
    /// Entries of the history are not in the database any more. Never stored: whoever reads the history is told so in
    /// their place.
    /// </summary>
    EntriesMissing = 26,

    /// <summary>
    /// A step that had run when its hosts died, and was run alone for that, has run for half a minute. Others like it
    /// run beside it from now on.
    /// </summary>
    Survived = 27,

    /// <summary>An operator changed the input. The text is the operator's note and the change.</summary>
    InputEdited = 28,

    /// <summary>
    /// An operator dropped a signal that the process had not taken in. The text is the signal and the operator's note.
    /// </summary>
    SignalDropped = 29,
}
