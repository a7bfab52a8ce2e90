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

    /// <summary>
    /// It had none: the process had ended, or was being killed, before it could have an effect, or could make nothing
    /// of it; or an operator dropped it.
    /// </summary>
    Refused = 3,
}
