namespace Orleans.Workflows.CrashHost.Storm.Checking;

/// <summary>What can be wrong after a storm.</summary>
public enum ViolationKind
{
    /// <summary>A start was acknowledged, and there is no such process.</summary>
    StartLost,

    /// <summary>
    /// A process was made twice: two starts were told that they made it, or a start of a taken id was taken.
    /// </summary>
    CreatedTwice,

    /// <summary>There is a process that nobody started.</summary>
    NotAsked,

    /// <summary>A process has another type or input than the one that it was started with.</summary>
    InputDiffers,

    /// <summary>A call that had to succeed was refused.</summary>
    Refused,

    /// <summary>A process has not ended.</summary>
    NotEnded,

    /// <summary>A process that could go on does not.</summary>
    Idle,

    /// <summary>A message was stored, and its receiver has not taken it in.</summary>
    MessageIdle,

    /// <summary>A process ended in another way than it had to.</summary>
    WrongEnd,

    /// <summary>A process ended with another output than it had to.</summary>
    WrongOutput,

    /// <summary>The versions of a history are not 1, 2, 3 … up to the process's own.</summary>
    HistoryGap,

    /// <summary>A history has no end, several, or one that is not the process's state, or goes on behind it.</summary>
    HistoryContradicts,

    /// <summary>A process has more or fewer completed steps or children than its definition makes.</summary>
    WrongCount,

    /// <summary>The ledger has a step in an order, or as often, as no step may run.</summary>
    StepOrder,

    /// <summary>The ledger has an attempt that no commit has scheduled.</summary>
    StepNotScheduled,

    /// <summary>A signal was acknowledged, and the process never got it.</summary>
    SignalLost,

    /// <summary>A process got a signal twice.</summary>
    SignalDoubled,

    /// <summary>A process got signals of one sender in another order than the sender sent them.</summary>
    SignalOrder,

    /// <summary>A process got a signal that nobody sent.</summary>
    SignalNotSent,

    /// <summary>A client was told another end than the database has.</summary>
    ToldOtherwise,

    /// <summary>Two answers about one process are not the same.</summary>
    AnswersDiffer,

    /// <summary>A client was told of an end, and there is no such process, or it has not ended.</summary>
    ToldTooSoon,

    /// <summary>A client that waits for an end was not told of it.</summary>
    NotTold,

    /// <summary>A time came too early by the true time: a wait ended before it, or a deadline killed.</summary>
    EndedEarly,

    /// <summary>While a lock or a frozen silo held up some processes, the others did not go on either.</summary>
    GoodputOfRest,

    /// <summary>A type was called unknown although a live silo had it.</summary>
    TypeUnknown,

    /// <summary>A process became an incident because no silo could run it.</summary>
    NotRunnable,
}
