namespace Orleans.Workflows.RandomPrograms.Programs;

/// <summary>What the outside does about an incident of a step that always fails.</summary>
public enum Mend
{
    /// <summary>Mends the cause and has the step tried again.</summary>
    Retry = 0,

    /// <summary>Has the step skipped.</summary>
    Skip = 1,

    /// <summary>Kills the process.</summary>
    Kill = 2,
}
