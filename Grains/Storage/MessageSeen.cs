namespace Orleans.Workflows.Grains.Storage;

/// <summary>How far a process is with a message. The numbers are stored.</summary>
public enum MessageSeen
{
    /// <summary>The process has not taken it in: supervisors poke it.</summary>
    Unseen = 0,

    /// <summary>The process keeps it until it waits for it. The payload stays.</summary>
    Parked = 1,

    /// <summary>It had its effect. The payload is gone, the id stays.</summary>
    Consumed = 2,

    /// <summary>It could have no effect. The payload is gone, the id stays.</summary>
    Refused = 3,
}
