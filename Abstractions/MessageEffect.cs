namespace Orleans.Workflows;

/// <summary>What became of a message.</summary>
public enum MessageEffect
{
    /// <summary>It is stored; the process has not taken it in yet.</summary>
    Pending = 0,

    /// <summary>The process keeps it until it waits for it.</summary>
    Kept = 1,

    /// <summary>It had its effect.</summary>
    Applied = 2,

    /// <summary>The process had ended, or was being killed, before it could have an effect.</summary>
    Refused = 3,
}
