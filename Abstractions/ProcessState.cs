namespace Orleans.Workflows;

/// <summary>Where a process stands. Paused is a flag beside the state.</summary>
public enum ProcessState
{
    /// <summary>Stored, nothing has run: the start is delayed or paused. Becomes Running or Killed.</summary>
    Created = 0,

    /// <summary>A step runs, or is about to. Becomes Running, Waiting, Finished, Excepted or Killed.</summary>
    Running = 1,

    /// <summary>Waits for a signal, a time, children or the next attempt. Becomes Running or Killed.</summary>
    Waiting = 2,

    /// <summary>Ended by itself, with an exit code. Terminal.</summary>
    Finished = 3,

    /// <summary>Ended by an error that was not retried. Terminal.</summary>
    Excepted = 4,

    /// <summary>Ended from outside, or by its deadline. Terminal.</summary>
    Killed = 5,
}
