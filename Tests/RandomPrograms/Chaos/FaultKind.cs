namespace Orleans.Workflows.RandomPrograms.Chaos;

/// <summary>What goes wrong. Each kind can be left out, so that a failure can be told from the others.</summary>
public enum FaultKind
{
    /// <summary>A silo is cut off from its store and killed; another one joins.</summary>
    SiloKill = 0,

    /// <summary>A silo stops as it does in a rolling deployment; another one joins.</summary>
    SiloStop = 1,

    /// <summary>The store does not carry an access out and says so.</summary>
    StoreError = 2,

    /// <summary>The store carries an access out, and the reply is lost.</summary>
    LostReply = 3,

    /// <summary>The store takes its time.</summary>
    SlowStore = 4,

    /// <summary>A call between silos and clients is late.</summary>
    CallDelayed = 5,

    /// <summary>A call is lost, before or after it was carried out.</summary>
    CallDropped = 6,

    /// <summary>A call is made twice.</summary>
    CallDuplicated = 7,

    /// <summary>The clock goes on by hours at once.</summary>
    ClockJump = 8,

    /// <summary>The clocks of silos differ by seconds.</summary>
    ClockSkew = 9,

    /// <summary>Activations are ended while they work.</summary>
    Deactivation = 10,
}
