namespace Orleans.Workflows;

/// <summary>What makes supervisors scan, besides the reminder that each of them has.</summary>
[Flags]
public enum SupervisorTriggers
{
    /// <summary>The reminder alone.</summary>
    None = 0,

    /// <summary>The start of a silo. It also registers the reminders.</summary>
    Startup = 1,

    /// <summary>A change of the cluster's membership.</summary>
    Membership = 2,

    /// <summary>The supervisor's own timer.</summary>
    Timer = 4,

    /// <summary>All of them.</summary>
    All = Startup | Membership | Timer,
}
