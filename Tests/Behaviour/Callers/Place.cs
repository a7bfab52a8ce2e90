namespace Orleans.Workflows.Behaviour.Callers;

/// <summary>Where a caller uses the client of its silo.</summary>
public enum Place
{
    /// <summary>In a step.</summary>
    Step = 0,

    /// <summary>In the hook before the commit that schedules the first step.</summary>
    OnRun = 1,

    /// <summary>In the hook before the commit of the end.</summary>
    OnFinish = 2,

    /// <summary>In the hook behind the end.</summary>
    OnEnded = 3,

    /// <summary>In a listener.</summary>
    Listener = 4,
}
