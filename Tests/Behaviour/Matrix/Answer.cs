namespace Orleans.Workflows.Behaviour.Matrix;

/// <summary>What the sender of a control is told.</summary>
public enum Answer
{
    /// <summary>It is durable and has its effect.</summary>
    Accepted,

    /// <summary>It is already so.</summary>
    AlreadySo,

    /// <summary>It is being killed.</summary>
    BeingKilled,

    /// <summary>It has ended.</summary>
    Ended,
}
